import { createRandom } from "@leeway/core/random";
import { createNumericGrid } from "@leeway/core/statistics";
import { expect, it } from "vitest";
import { neededIndices } from "./order-statistics.ts";

it("names every position that a grid reads, so that a column with only those gives the same grid", () => {
  const random = createRandom(3);
  for (const count of [1, 2, 3, 9, 10, 11, 255, 256, 257, 1_000, 12_345]) {
    const sorted = Float64Array.from({ length: count }, () => Math.floor(random() * 500)).sort();
    const sparse: { length: number; [index: number]: number } = { length: count };
    for (const index of neededIndices(count)) sparse[index] = sorted[index]!;
    expect(createNumericGrid(sparse)).toEqual(createNumericGrid(sorted));
  }
});

it("needs nothing of an empty column", () => {
  expect(neededIndices(0)).toEqual([]);
});
