import type { RandomSource } from "./seeded-random.ts";

/**
 * shuffleInPlace puts the elements of an array in random order, every order equally likely, and returns the array.
 *
 * O(n). Source: Fisher & Yates, Durstenfeld 1964.
 *
 * @example shuffleInPlace([1, 2, 3], createRandom(7));
 */
export function shuffleInPlace<Elements extends { [index: number]: number; readonly length: number }>(
  elements: Elements,
  random: RandomSource,
): Elements {
  for (let i = elements.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = elements[i]!;
    elements[i] = elements[j]!;
    elements[j] = kept;
  }
  return elements;
}

/**
 * sampleIndices returns `size` different whole numbers below `length`, in random order; all of them when size ≥ length.
 *
 * O(length) time and memory. Source: Fisher & Yates, stopped after `size` steps.
 *
 * @example sampleIndices(100, 3, createRandom(7)).length; // 3
 */
export function sampleIndices(length: number, size: number, random: RandomSource): Uint32Array {
  const indices = Uint32Array.from({ length }, (_, i) => i);
  const taken = Math.min(size, length);
  for (let i = 0; i < taken; i++) {
    const j = i + Math.floor(random() * (length - i));
    const kept = indices[i]!;
    indices[i] = indices[j]!;
    indices[j] = kept;
  }
  return indices.subarray(0, taken);
}
