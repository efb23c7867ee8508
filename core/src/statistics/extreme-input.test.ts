import { describe, expect, test } from "vitest";
import { createRandom, drawNormal } from "../random/index.ts";
import {
  andersonDarling,
  categoricalDrift,
  cleanColumn,
  compareWindow,
  countCategories,
  countOnGrid,
  cramerVonMisesSorted,
  createNumericGrid,
  kolmogorovSmirnov,
  ksFromGridCounts,
  mannWhitneySorted,
  meanOf,
  numericPsi,
  prepareReference,
  psiFromGridCounts,
  quantile,
  rateChange,
  sortFloats,
  summarize,
  wassersteinFromGridCounts,
  wassersteinSorted,
} from "./index.ts";

const random = createRandom(1);
const columns: Record<string, Float64Array> = {
  empty: new Float64Array(0),
  "one value": Float64Array.of(3),
  "two values": Float64Array.of(-1, 1),
  constant: new Float64Array(50).fill(7.25),
  "all missing": new Float64Array(9).fill(Number.NaN),
  "all +Infinity": new Float64Array(9).fill(Number.POSITIVE_INFINITY),
  "both infinities": Float64Array.of(-Infinity, -Infinity, Infinity, Infinity, 0, Number.NaN),
  "both zeros": Float64Array.of(0, -0, 0, -0, -0, 1),
  huge: Float64Array.from({ length: 40 }, () => drawNormal(random) * 1e300),
  largest: Float64Array.of(Number.MAX_VALUE, -Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, 0),
  tiny: Float64Array.from({ length: 40 }, () => drawNormal(random) * 1e-300),
  smallest: Float64Array.of(Number.MIN_VALUE, 0, -Number.MIN_VALUE, Number.MIN_VALUE),
  ordinary: Float64Array.from({ length: 300 }, () => drawNormal(random)),
  "far offset": Float64Array.from({ length: 60 }, () => 1e15 + drawNormal(random)),
};

/** holdsNoNaN says whether nothing inside a result is NaN: numbers, arrays and objects are searched. */
function holdsNoNaN(value: unknown): boolean {
  if (typeof value === "number") return !Number.isNaN(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array).every(holdsNoNaN);
  if (Array.isArray(value)) return value.every(holdsNoNaN);
  if (value instanceof Map) return [...value.values()].every(holdsNoNaN);
  if (value !== null && typeof value === "object") return Object.values(value).every(holdsNoNaN);
  return true;
}

function everything(reference: Float64Array, current: Float64Array): unknown[] {
  const a = sortFloats(cleanColumn(reference).values);
  const b = sortFloats(cleanColumn(current).values);
  const summary = summarize(a);
  const deviation = summary.outcome === "ok" ? summary.populationStandardDeviation : 0;
  const grid = createNumericGrid(a);
  const referenceCounts = countOnGrid(grid, reference);
  const currentCounts = countOnGrid(grid, current);
  const prepared = prepareReference(reference);
  const sides = [
    { counts: referenceCounts, min: a[0] ?? 0, max: a[a.length - 1] ?? 0, mean: meanOf(a) },
    { counts: currentCounts, min: b[0] ?? 0, max: b[b.length - 1] ?? 0, mean: meanOf(b) },
  ] as const;
  return [
    summary,
    quantile(a, 0.3),
    numericPsi(reference, current),
    psiFromGridCounts(grid, referenceCounts, currentCounts),
    kolmogorovSmirnov(reference, current),
    ksFromGridCounts(grid, referenceCounts, currentCounts),
    wassersteinSorted(a, b, deviation),
    wassersteinFromGridCounts(grid, sides[0], sides[1], deviation),
    cramerVonMisesSorted(a, b),
    andersonDarling([a, b]),
    mannWhitneySorted(a, b),
    prepared.outcome === "ok" ? compareWindow(prepared.reference, current) : prepared,
  ];
}

const names = Object.keys(columns);
describe.each(names)("a reference that is %s", (referenceName) => {
  test.each(names)("against a window that is %s gives named outcomes and no NaN", (currentName) => {
    for (const result of everything(columns[referenceName]!, columns[currentName]!)) {
      expect(holdsNoNaN(result), JSON.stringify(result)).toBe(true);
    }
  });
});

test("a constant reference sees a move in either direction", () => {
  const constant = columns["constant"]!;
  for (const moved of [7, 7.5]) {
    const result = numericPsi(constant, new Float64Array(40).fill(moved));
    expect(result.outcome === "ok" && result.psi).toBeGreaterThan(18);
  }
});

test("a million ties are counted in a moment", () => {
  const ties = Float64Array.from({ length: 1_000_000 }, (_, i) => i % 3);
  const window = ties.map((x) => (x === 2 ? 1 : x));
  const result = kolmogorovSmirnov(ties, window);
  expect(result.outcome === "ok" && result.statistic).toBeCloseTo(1 / 3, 5);
  const psi = numericPsi(ties, window);
  expect(psi.outcome === "ok" && psi.psi).toBeGreaterThan(1);
});

test("a hundred thousand categories are pooled, and new ones in bulk are seen", () => {
  const reference = countCategories(Array.from({ length: 200_000 }, (_, i) => `user-${i % 100_000}`));
  const same = categoricalDrift(reference, reference);
  const renamed = countCategories(Array.from({ length: 100_000 }, (_, i) => `usr:${i}`));
  const drift = categoricalDrift(reference, renamed);
  expect(same.psi).toMatchObject({ outcome: "ok", psi: 0 });
  expect(drift.bins.labels).toHaveLength(202);
  expect(drift.psi.outcome === "ok" && drift.psi.psi).toBeGreaterThan(5);
  expect(drift.changes.newCategoryCount).toBe(100_000);
  expect(drift.changes.newCategories).toHaveLength(20);
  expect(holdsNoNaN(drift)).toBe(true);
});

test("category names that are object members are categories like any other", () => {
  const drift = categoricalDrift(
    countCategories(["__proto__", "constructor"]),
    countCategories(["__proto__", ""]),
  );
  expect(drift.changes.newCategories).toEqual([{ name: "", count: 1, share: 0.5 }]);
  expect(drift.changes.vanishedCategories).toEqual([{ name: "constructor", count: 1, share: 0.5 }]);
});

test("a side without rows, or with more events than rows, has no rate change", () => {
  expect(rateChange({ events: 0, rows: 0 }, { events: 1, rows: 2 }).outcome).toBe("insufficient_data");
  expect(rateChange({ events: 3, rows: 2 }, { events: 1, rows: 2 }).outcome).toBe("not_defined");
  expect(rateChange({ events: 0, rows: 900 }, { events: 0, rows: 20 })).toMatchObject({
    difference: 0,
    pValue: 1,
  });
});
