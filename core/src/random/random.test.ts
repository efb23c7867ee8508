import { describe, expect, test } from "vitest";
import { drawNormal } from "./draw-normal.ts";
import { createRandom } from "./seeded-random.ts";
import { sampleIndices, shuffleInPlace } from "./shuffle.ts";

describe("a seeded random stream", () => {
  test("is the same for the same seed and another for another", () => {
    const take = (seed: number) => Array.from({ length: 5 }, createRandom(seed));
    expect(take(1)).toEqual(take(1));
    expect(take(1)).not.toEqual(take(2));
    expect(take(2 ** 32)).not.toEqual(take(0));
  });

  test("fills the unit interval evenly and never leaves it", () => {
    const random = createRandom(3);
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) bins[Math.floor(random() * 10)]!++;
    const chiSquare = bins.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(bins).toHaveLength(10);
    expect(chiSquare).toBeLessThan(28);
  });

  test("gives normal numbers with mean 0 and variance 1", () => {
    const random = createRandom(4);
    const values = Array.from({ length: 100_000 }, () => drawNormal(random));
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
  });

  test("shuffles without losing anything and samples without repeating", () => {
    const random = createRandom(5);
    expect([...shuffleInPlace([1, 2, 3, 4, 5], random)].sort()).toEqual([1, 2, 3, 4, 5]);
    const sample = [...sampleIndices(100, 30, random)];
    expect(new Set(sample).size).toBe(30);
    expect(Math.max(...sample)).toBeLessThan(100);
    expect([...sampleIndices(3, 9, random)].sort()).toEqual([0, 1, 2]);
  });
});
