import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, drawNormal, type RandomSource, shuffleInPlace } from "../random/index.ts";
import {
  adjustPValues,
  andersonDarling,
  chiSquareContingency,
  cramerVonMisesSorted,
  hellingerDistance,
  jensenShannonDistance,
  kolmogorovExactUpperTail,
  kolmogorovSmirnov,
  ksSorted,
  mannWhitneySorted,
  maxProportionChange,
  numericPsi,
  type Outcome,
  psiFromCounts,
  quantileSorted,
  sortFloats,
  totalVariationDistance,
  wassersteinSorted,
} from "./index.ts";

const RUNS = { seed: 20, numRuns: 200 };
const histogram = fc.array(fc.nat(1000), { minLength: 2, maxLength: 30 });
const histogramPair = fc.integer({ min: 2, max: 30 }).chain((bins) => {
  const side = fc.array(fc.nat(1000), { minLength: bins, maxLength: bins });
  return fc.tuple(side, side);
});
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
  fc.integer({ min: -3, max: 3 }),
);
const sample = fc.array(number, { minLength: 4, maxLength: 40 }).map((values) => Float64Array.from(values));

type Distance = (reference: ArrayLike<number>, current: ArrayLike<number>) => Outcome<{ value: number }>;
const distances: [name: string, distance: Distance][] = [
  ["Jensen–Shannon", jensenShannonDistance],
  ["Hellinger", hellingerDistance],
  ["total variation", totalVariationDistance],
  ["largest change", maxProportionChange],
];

describe.each(distances)("the %s distance", (_name, distance) => {
  test("lies in [0, 1], is symmetric, and does not mind the order of the bins", () => {
    fc.assert(
      fc.property(histogramPair, fc.nat(), ([reference, current], seed) => {
        const forth = distance(reference, current);
        const back = distance(current, reference);
        if (forth.outcome !== "ok" || back.outcome !== "ok") return expect(forth.outcome).toBe(back.outcome);
        expect(forth.value).toBeGreaterThanOrEqual(0);
        expect(forth.value).toBeLessThanOrEqual(1);
        expect(back.value).toBeCloseTo(forth.value, 12);
        const order = shuffleInPlace(
          reference.map((_, i) => i),
          createRandom(seed),
        );
        const mixed = distance(
          order.map((i) => reference[i]!),
          order.map((i) => current[i]!),
        );
        expect(mixed.outcome === "ok" && mixed.value).toBeCloseTo(forth.value, 7);
      }),
      RUNS,
    );
  });

  test("is exactly 0 between a histogram and a multiple of itself by two", () => {
    fc.assert(
      fc.property(histogram, (counts) => {
        const result = distance(
          counts,
          counts.map((count) => 2 * count),
        );
        if (result.outcome === "ok") expect(result.value).toBe(0);
      }),
      RUNS,
    );
  });
});

test("PSI is never negative, 0 between equal proportions, and the sum of its contributions", () => {
  fc.assert(
    fc.property(histogramPair, ([reference, current]) => {
      const result = psiFromCounts(reference, current);
      if (result.outcome !== "ok") return;
      expect(result.psi).toBeGreaterThanOrEqual(0);
      expect(result.contributions.every((contribution) => contribution >= 0)).toBe(true);
      expect(result.contributions.reduce((sum, value) => sum + value, 0)).toBeCloseTo(result.psi, 12);
      const same = psiFromCounts(reference, reference);
      expect(same).toMatchObject({ psi: 0, pValue: 1 });
    }),
    RUNS,
  );
});

describe("two-sample statistics", () => {
  test("do not mind the order of either sample", () => {
    fc.assert(
      fc.property(sample, sample, fc.nat(), (reference, current, seed) => {
        const random = createRandom(seed);
        const mixedReference = shuffleInPlace(reference.slice(), random);
        const mixedCurrent = shuffleInPlace(current.slice(), random);
        expect(kolmogorovSmirnov(mixedReference, mixedCurrent)).toEqual(
          kolmogorovSmirnov(reference, current),
        );
        expect(numericPsi(mixedReference, mixedCurrent)).toEqual(numericPsi(reference, current));
      }),
      RUNS,
    );
  });

  test("are bounded, and 0 between a sample and itself", () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const a = sortFloats(reference);
        const b = sortFloats(current);
        const ks = ksSorted(a, b);
        const distance = wassersteinSorted(a, b, 1);
        const cramer = cramerVonMisesSorted(a, b);
        const ranks = mannWhitneySorted(a, b);
        if (
          ks.outcome !== "ok" ||
          distance.outcome !== "ok" ||
          cramer.outcome !== "ok" ||
          ranks.outcome !== "ok"
        ) {
          throw new Error("a value was expected");
        }
        for (const p of [
          ks.statistic,
          ks.pValue,
          cramer.pValue,
          ranks.pValue,
          ranks.probabilityReferenceLarger,
        ]) {
          expect(p >= 0 && p <= 1).toBe(true);
        }
        expect(distance.distance).toBeGreaterThanOrEqual(0);
        expect(distance.distance).toBeLessThanOrEqual(2e9);
        expect(ranks.uReference + ranks.uCurrent).toBe(a.length * b.length);
        expect(ksSorted(a, a)).toMatchObject({ statistic: 0, pValue: 1, at: null });
        expect(wassersteinSorted(a, a, 1)).toMatchObject({ distance: 0 });
        expect(cramerVonMisesSorted(a, a)).toMatchObject({ statistic: 0, pValue: 1 });
      }),
      RUNS,
    );
  });
});

test("sorting gives what comparing gives, minus zero before zero", () => {
  const column = fc.array(fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1, -1)), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(column, fc.boolean(), (values, isLong) => {
      // Long columns take the radix sort.
      const repeated =
        isLong && values.length > 0
          ? Array.from({ length: 5000 }, (_, i) => values[i % values.length]!)
          : values;
      const expected = Float64Array.from(repeated).sort();
      const sorted = sortFloats(Float64Array.from(repeated));
      expect(sorted.every((value, i) => Object.is(value, expected[i]))).toBe(true);
    }),
    RUNS,
  );
});

test("quantiles rise with their level and stay between the extremes", () => {
  fc.assert(
    fc.property(
      sample,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, a, b) => {
        const sorted = sortFloats(values);
        const low = quantileSorted(sorted, Math.min(a, b));
        const high = quantileSorted(sorted, Math.max(a, b));
        const slack = 1e-9 * (Math.abs(low) + Math.abs(high));
        expect(low).toBeLessThanOrEqual(high + slack);
        expect(low).toBeGreaterThanOrEqual(sorted[0]!);
        expect(high).toBeLessThanOrEqual(sorted[sorted.length - 1]!);
      },
    ),
    RUNS,
  );
});

test("adjusted p-values are never smaller than the raw ones and keep their order", () => {
  const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(pValues, (raw) => {
      for (const method of ["benjamini_hochberg", "benjamini_yekutieli", "holm", "bonferroni"] as const) {
        const adjusted = adjustPValues(raw, method);
        raw.forEach((p, i) => {
          expect(adjusted[i]! >= p * (1 - 1e-12) && adjusted[i]! <= 1).toBe(true);
          raw.forEach((q, j) => {
            if (p < q) expect(adjusted[i]!).toBeLessThanOrEqual(adjusted[j]!);
          });
        });
      }
    }),
    { seed: 21, numRuns: 60 },
  );
});

type NullTest = (random: RandomSource) => Outcome<{ pValue: number | null }>;
const draw = (rows: number, random: RandomSource) =>
  sortFloats(Float64Array.from({ length: rows }, () => drawNormal(random)));
const nullTests: [name: string, pValue: NullTest][] = [
  ["PSI", (random) => numericPsi(draw(3000, random), draw(1000, random))],
  ["Kolmogorov–Smirnov, exact", (random) => ksSorted(draw(211, random), draw(307, random))],
  ["Kolmogorov–Smirnov, limit", (random) => ksSorted(draw(4000, random), draw(1500, random))],
  ["Cramér–von Mises", (random) => cramerVonMisesSorted(draw(150, random), draw(90, random))],
  ["Anderson–Darling", (random) => andersonDarling([draw(150, random), draw(90, random)])],
  ["Mann–Whitney", (random) => mannWhitneySorted(draw(150, random), draw(90, random))],
  [
    "chi-square",
    (random) => {
      const table = [new Float64Array(6), new Float64Array(6)];
      table.forEach((row, side) => {
        for (let i = 0; i < 900 + 300 * side; i++) row[Math.floor(random() ** 2 * 6)]!++;
      });
      return chiSquareContingency(table);
    },
  ],
];

test.each(nullTests)("p-values of %s are spread evenly when nothing drifts", (_name, compute) => {
  const random = createRandom(31);
  const rounds = 400;
  const pValues = Array.from({ length: rounds }, () => {
    const result = compute(random);
    return result.outcome === "ok" && result.pValue !== null ? result.pValue : 2;
  }).sort((a, b) => a - b);
  const furthest = Math.max(...pValues.map((p, i) => Math.max(p - i / rounds, (i + 1) / rounds - p)));
  expect(kolmogorovExactUpperTail(furthest, rounds)).toBeGreaterThan(0.005);
});
