/** Numbers quoted from other projects' own tests, where their definition is ours; where it is not, docs/statistics.md says how. */
import {
  adjustPValues,
  andersonDarling,
  chiSquareContingency,
  fisherExact,
  hellingerDistance,
  jensenShannonDistance,
  klDivergence,
  ksSorted,
  psiFromCounts,
  sortFloats,
  wassersteinSorted,
} from "@leeway/core/statistics";
import { describe, expect, test } from "vitest";
import { expectClose } from "../golden-file.ts";

const twoModes = {
  p: [0.5826087, 0.1, 0.05217391, 0.24782609, 0.0173913],
  q: [0.67346939, 0.05102041, 0.00340136, 0.10884354, 0.16326531],
};

function value(result: { outcome: string; value?: number; psi?: number; pValue?: number | null }): number {
  expect(result.outcome).toBe("ok");
  return result.value ?? result.psi ?? result.pValue ?? Number.NaN;
}

describe("whylabs/whylabs-oss@151d158, DistanceTest.java", () => {
  const first = { p: [0.32, 0.16, 0.28, 0.04, 0.2], q: [0.25, 0.0625, 0.4375, 0.1875, 0.0625] };

  test("Kullback–Leibler, their p being our window", () => {
    expectClose(value(klDivergence(first.q, first.p)), 0.2752701838700412, { absolute: 1e-5 });
    expectClose(value(klDivergence(twoModes.q, twoModes.p)), 0.29028390374880353, { absolute: 1e-5 });
  });

  test("PSI of proportions", () => {
    expectClose(value(psiFromCounts(twoModes.p, twoModes.q)), 0.6203258001760216, { absolute: 1e-5 });
  });

  test("Jensen–Shannon distance in nats is ours times √ln 2", () => {
    const inNats = (p: number[], q: number[]) => value(jensenShannonDistance(p, q)) * Math.sqrt(Math.LN2);
    expectClose(inNats(first.p, first.q), 0.2584730043524462, { absolute: 1e-5 });
    expectClose(inNats([0.4, 0.4, 0.2], [0.5, 0, 0.5]), 0.4178757172728631, { absolute: 1e-5 });
    expectClose(inNats([0, 1], [1, 0]), 0.8325546111576977, { absolute: 1e-5 });
  });

  test("Hellinger distance", () => {
    const p = [0.32573783, 0.26860953, 0.14846763, 0.10319746, 0.15398756];
    const q = [0.32450529, 0.04326352, 0.26435823, 0.31585057, 0.05202239];
    expectClose(value(hellingerDistance(p, q)), 0.3145182904022964, { absolute: 1e-5 });
    expect(value(hellingerDistance([0, 1], [1, 0]))).toBe(1);
  });
});

test.each([
  [
    [0.117459703, 0.2695750079, 0.146074151, 0.06787999371, 0.3990111444],
    [0.1242825237, 0.2088067334, 0.1905922245, 0.2447889379, 0.2315295805],
    0.3458208052,
  ],
  [
    [0.06295675585, 0.252167502, 0.04612894696, 0.3826202188, 0.2561265764],
    [0.3036716489, 0.191019667, 0.3340746492, 0.03847374924, 0.1327602856],
    1.837451661,
  ],
  [
    [0.242168917, 0.1770865436, 0.3261793809, 0.2503898605, 0.0041752981],
    [0.1036647182, 0.1764017232, 0.08020612084, 0.39458861, 0.2451388278],
    1.509525416,
  ],
])("PSI of Arize-ai/phoenix, psi_fixture.csv", (p, q, expected) => {
  expectClose(value(psiFromCounts(p, q)), expected, { absolute: 1e-7 });
});

describe("evidentlyai/evidently@05d85bbb, test_stattests.py and data_drift.py", () => {
  const ref = sortFloats(Float64Array.of(38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0));
  const cur = sortFloats(Float64Array.of(39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8));

  test("PSI of categories with 1e-4 in empty bins", () => {
    // Categories 1, 2, 3 of [3, 2, 2] and [1, 2, 3].
    expectClose(value(psiFromCounts([0, 2, 1], [1, 1, 1])), 2.93, { absolute: 0.01 });
  });

  test("Hellinger distance of counts", () => {
    const result = hellingerDistance([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]);
    expectClose(value(result), 0.06812774370983345, { absolute: 1e-12 });
  });

  test.each([
    [3, 6, 6, 6, 0.1818182],
    [6, 6, 6, 6, 1],
    [6, 6, 0, 6, 0.0021645],
    [90, 150, 60, 150, 0.0007844],
  ])("Fisher's exact test of %d in %d against %d in %d", (a, n, b, m, expected) => {
    const result = fisherExact({ successes: a, trials: n }, { successes: b, trials: m });
    expectClose(value(result), expected, { absolute: 1e-6 });
  });

  test("exact Kolmogorov–Smirnov, and Anderson–Darling near SciPy's interpolated p-value", () => {
    const ks = ksSorted(ref, cur);
    expect(ks).toMatchObject({ statistic: 0.625, pValueMethod: "exact" });
    expectClose(value(ks), 0.08702408702408701, { absolute: 1e-9 });
    expectClose(value(andersonDarling([ref, cur])), 0.0635, { absolute: 0.003 });
  });

  test("the pooled two-proportion z test is the chi-square test of the table", () => {
    expectClose(
      value(
        chiSquareContingency([
          [1, 3],
          [3, 1],
        ]),
      ),
      0.15729920705028522,
      { absolute: 1e-12 },
    );
  });
});

test("Wasserstein distance of deepchecks/deepchecks@9d6820f, drift_test.py, is ours over the pooled range", () => {
  const ref = Float64Array.from({ length: 100 }, (_, i) => i);
  const result = wassersteinSorted(
    ref,
    ref.map((x) => x + 50),
    1,
  );
  expectClose(result.outcome === "ok" ? result.distance / 149 : Number.NaN, 0.3355704697986578, {
    absolute: 1e-9,
  });
});

test("false discovery rate of SeldonIO/alibi-detect@5ff45c3, test_statstest.py, where p is below q; at equality we reject, they do not", () => {
  for (const q of [0.05, 0.1, 0.25]) {
    const below = adjustPValues(new Array<number>(1000).fill(q - 1e-5), "benjamini_hochberg");
    expect(below.some((p) => p <= q)).toBe(true);
    const equal = adjustPValues(new Array<number>(1000).fill(q), "benjamini_hochberg");
    expect(equal.every((p) => p <= q)).toBe(true);
  }
});

test("the floor of 1e-4 and no bias correction are what docs/statistics.md says they are", () => {
  expectClose(value(psiFromCounts([0.4, 0.4, 0.2], [0.5, 0, 0.5])), 3.61, { absolute: 0.005 });
  const table = chiSquareContingency([
    [200, 800],
    [400, 600],
  ]);
  expectClose(table.outcome === "ok" ? table.cramersV : Number.NaN, 0.2182, { absolute: 5e-5 });
});
