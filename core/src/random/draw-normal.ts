import type { RandomSource } from "./seeded-random.ts";

/**
 * drawNormal returns one standard normal number from a uniform stream, by Box and Muller's transform.
 *
 * Takes two numbers of the stream. O(1). Source: Box & Muller 1958.
 *
 * @example drawNormal(createRandom(1));
 */
export function drawNormal(random: RandomSource): number {
  // 1 − u lies in (0, 1], so the logarithm is finite.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
