import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, drawNormal, type RandomSource } from "../../random/index.ts";
import { wassersteinSorted } from "../distances/wasserstein.ts";
import { wassersteinFromGridCounts } from "../distances/wasserstein-from-counts.ts";
import { ksFromGridCounts } from "../ks/ks-from-counts.ts";
import { kolmogorovSmirnov } from "../ks/ks-sorted.ts";
import { effectiveCounts } from "../psi/effective-counts.ts";
import { numericPsi, psiFromGridCounts } from "../psi/numeric-psi.ts";
import { sortFloats } from "../sorting/radix-sort.ts";
import { meanOf } from "../summary/summarize.ts";
import { countOnGrid } from "./count-on-grid.ts";
import { outOfRangeCounts } from "./decile-counts.ts";
import { gridBinCount, gridBinEnds, gridBinIndex } from "./grid-bin.ts";
import { createNumericGrid } from "./numeric-grid.ts";

const columns: [name: string, draw: (random: RandomSource) => number][] = [
  ["normal", drawNormal],
  ["far from zero", (random) => 1e9 + drawNormal(random)],
  ["log-normal", (random) => Math.exp(2 * drawNormal(random))],
  ["mostly zero", (random) => (random() < 0.7 ? 0 : Math.exp(drawNormal(random)))],
  ["whole numbers", (random) => Math.floor(12 * drawNormal(random))],
  ["two humps", (random) => (random() < 0.5 ? drawNormal(random) : 7 + drawNormal(random))],
];

// With a thin tail at both ends: where a window moved, D lies there, at a value that hardly a row of the reference passes. (Whole numbers tie there: 5.2e-4.)
const TAILED = new Set(["normal", "far from zero", "two humps"]);

function deviationOf(values: Float64Array): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((x) => (x - mean) ** 2)));
}

describe.each(columns)("counts on the grid of a %s column", (name, draw) => {
  const random = createRandom(17);
  const reference = Float64Array.from({ length: 100_000 }, () => draw(random));
  const window = Float64Array.from({ length: 100_000 }, () => 1.1 * draw(random) + (random() < 0.1 ? 1 : 0));
  const sorted = sortFloats(reference);
  const grid = createNumericGrid(sorted);
  const sides = [countOnGrid(grid, reference), countOnGrid(grid, window)] as const;

  test("give exactly the PSI of the values", () => {
    const exact = numericPsi(reference, window);
    const fromCounts = psiFromGridCounts(grid, ...sides);
    if (exact.outcome !== "ok" || fromCounts.outcome !== "ok") throw new Error("a value was expected");
    expect(Math.abs(exact.psi - fromCounts.psi)).toBeLessThan(1e-9);
    expect(fromCounts.pValue).toBeCloseTo(exact.pValue, 9);
  });

  function missingFromD(values: Float64Array): number {
    const exact = kolmogorovSmirnov(reference, values);
    const fromCounts = ksFromGridCounts(grid, sides[0], countOnGrid(grid, values));
    if (exact.outcome !== "ok" || fromCounts.outcome !== "ok") throw new Error("a value was expected");
    return exact.statistic - fromCounts.statistic;
  }

  test("give D from below, within 0.0005", () => {
    const missing = missingFromD(window);
    expect(missing).toBeGreaterThan(-1e-12);
    expect(missing).toBeLessThan(0.0005);
  });

  test.runIf(TAILED.has(name))(
    "give D within 0.0005 of a window that moved by several deviations, too",
    () => {
      for (const deviations of [3, 6, -6]) {
        const shift = Math.round(deviations * deviationOf(reference));
        expect(missingFromD(window.map((x) => x + shift))).toBeLessThan(0.0005);
      }
    },
  );

  test("give D from below, within the share of one bin, of a window that lies anywhere", () => {
    const spread = sorted[Math.floor(0.84 * sorted.length)]! - sorted[Math.floor(0.5 * sorted.length)]!;
    for (const shift of [3 * spread, 6 * spread, -6 * spread]) {
      const missing = missingFromD(window.map((x) => x + shift));
      expect(missing).toBeGreaterThan(-1e-12);
      expect(missing).toBeLessThan(1 / 256);
    }
  });

  test("give the Wasserstein distance within a tenth, on a very heavy tail within a quarter", () => {
    const current = sortFloats(window);
    const exact = wassersteinSorted(sorted, current, 1);
    const side = (counts: Float64Array, values: Float64Array) => ({
      counts,
      min: values[0]!,
      max: values[values.length - 1]!,
      mean: meanOf(values),
    });
    const fromCounts = wassersteinFromGridCounts(grid, side(sides[0], sorted), side(sides[1], current), 1);
    if (exact.outcome !== "ok" || fromCounts.outcome !== "ok") throw new Error("a value was expected");
    expect(Math.abs(fromCounts.distance / exact.distance - 1)).toBeLessThan(
      name === "log-normal" ? 0.25 : 0.1,
    );
  });

  test("count what lies outside the reference's range in the outer bins", () => {
    const { below, above } = outOfRangeCounts(grid, sides[1]);
    expect(below).toBe(window.filter((x) => x < sorted[0]!).length);
    expect(above).toBe(window.filter((x) => x > sorted[sorted.length - 1]!).length);
    expect(outOfRangeCounts(grid, sides[0])).toEqual({ below: 0, above: 0 });
  });

  test("add up over parts", () => {
    const halves = [window.subarray(0, 7000), window.subarray(7000)].map((part) => countOnGrid(grid, part));
    expect(halves[0]!.map((count, bin) => count + halves[1]![bin]!)).toEqual(sides[1]);
  });
});

test("every number falls into the bin its ends say, counted or looked up", () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ noNaN: true })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(
      values,
      fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true })),
      (column, x) => {
        const grid = createNumericGrid(sortFloats(Float64Array.from(column)), 16);
        const bin = gridBinIndex(grid, x);
        const ends = gridBinEnds(grid);
        const isWithin = (end: { end: number; isClosed: boolean }) =>
          end.isClosed ? x <= end.end : x < end.end;
        expect(ends.findIndex(isWithin)).toBe(bin === ends.length ? -1 : bin);
        expect(countOnGrid(grid, Float64Array.of(x))[bin]).toBe(1);
        expect(gridBinCount(grid)).toBe(ends.length + 1);
        expect(grid.edges.every((edge, i) => i === 0 || edge > grid.edges[i - 1]!)).toBe(true);
        expect(JSON.parse(JSON.stringify(grid))).toEqual(grid);
      },
    ),
    { seed: 5, numRuns: 300 },
  );
});

test("an empty reference has one bin, and missing values are counted in none", () => {
  const grid = createNumericGrid(new Float64Array(0));
  expect([...countOnGrid(grid, Float64Array.of(1, Number.NaN))]).toEqual([1]);
});

test("weighted counts scaled to their rows keep the PSI and lose the false certainty", () => {
  const full = psiFromGridCounts({ edges: [1], atomEdges: [], decileEdges: [1] }, [5000, 5000], [600, 400]);
  const honest = psiFromGridCounts(
    { edges: [1], atomEdges: [], decileEdges: [1] },
    [5000, 5000],
    effectiveCounts([600, 400], 10),
  );
  if (full.outcome !== "ok" || honest.outcome !== "ok") throw new Error("a value was expected");
  expect(honest.psi).toBeCloseTo(full.psi, 12);
  expect(full.pValue).toBeLessThan(1e-8);
  expect(honest.pValue).toBeGreaterThan(0.4);
});
