import {
  andersonDarling,
  cleanColumn,
  cramerVonMisesSorted,
  mannWhitneySorted,
  sortFloats,
} from "@leeway/core/statistics";
import { describe, expect, test } from "vitest";
import { expectClose, loadGolden } from "../golden-file.ts";
import { goldenSamples, type SamplePair } from "./golden-samples.ts";

type Expected = {
  cramer_von_mises: { statistic: number; p_asymptotic: number | null } | null;
  mann_whitney: {
    u_ref: number;
    u_cur: number;
    p_asymptotic_continuity: number;
    p_exact?: number | null;
    effect_prob_ref_gt_cur: number;
  };
  anderson_darling_midrank: { statistic_normalised: number; p_scipy_clipped: number } | null;
};

const { cases } = loadGolden<{ cases: (SamplePair & { expected: Expected | null })[] }>("rank_tests");
const samples = goldenSamples();

describe.each(cases)("rank tests of $id", ({ reference, current, expected }) => {
  const left = sortFloats(cleanColumn(samples[reference]!).values);
  const right = sortFloats(cleanColumn(samples[current]!).values);

  test("Cramér–von Mises equals the golden values", () => {
    const result = cramerVonMisesSorted(left, right);
    const golden = expected?.cramer_von_mises;
    if (!golden) return expect(result.outcome).toBe("insufficient_data");
    if (result.outcome !== "ok") throw new Error(result.reason);
    expectClose(result.statistic, golden.statistic, { relative: 1e-9, absolute: 1e-10 });
    if (golden.p_asymptotic !== null) expectClose(result.pValue, golden.p_asymptotic, { absolute: 1e-7 });
  });

  test("Mann–Whitney equals the golden values", () => {
    const result = mannWhitneySorted(left, right);
    if (expected === null) return expect(result.outcome).toBe("insufficient_data");
    const golden = expected.mann_whitney;
    if (result.outcome !== "ok") throw new Error(result.reason);
    expect([result.uReference, result.uCurrent]).toEqual([golden.u_ref, golden.u_cur]);
    expectClose(result.probabilityReferenceLarger, golden.effect_prob_ref_gt_cur, { relative: 1e-9 });
    const isExact = result.pValueMethod === "exact";
    const p = isExact ? golden.p_exact : golden.p_asymptotic_continuity;
    // The golden file gives the exact p-value up to ten values a side only.
    if (p !== null && p !== undefined) expectClose(result.pValue, p, { relative: 1e-6, absolute: 1e-12 });
    else expect(isExact).toBe(true);
  });

  test("Anderson–Darling equals the golden statistic, and its p-value lies near SciPy's interpolation", () => {
    const result = andersonDarling([left, right]);
    const golden = expected?.anderson_darling_midrank;
    if (!golden) return expect(result.outcome).not.toBe("ok");
    if (result.outcome !== "ok") throw new Error(result.reason);
    expectClose(result.normalized, golden.statistic_normalised, { relative: 1e-9, absolute: 1e-10 });
    if (golden.p_scipy_clipped > 0.001 && golden.p_scipy_clipped < 0.25) {
      expectClose(result.pValue!, golden.p_scipy_clipped, { relative: 0.08 });
    }
  });
});
