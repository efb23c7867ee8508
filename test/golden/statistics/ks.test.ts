import { exactKsUpperTail, kolmogorovSmirnov, kolmogorovUpperTail } from "@leeway/core/statistics";
import { describe, expect, test } from "vitest";
import { expectClose, loadGolden } from "../golden-file.ts";
import { goldenSamples, type SamplePair } from "./golden-samples.ts";

type Case = SamplePair & {
  expected: {
    n_ref: number;
    n_cur: number;
    statistic: number;
    p_limit: number;
    p_stephens: number;
    p_scipy_asymp: number;
    p_exact: number;
  } | null;
};

const { cases } = loadGolden<{ cases: Case[] }>("ks_two_sample");
const samples = goldenSamples();

describe.each(cases)("Kolmogorov–Smirnov of $id", ({ reference, current, expected }) => {
  test("D and the p-value it reports equal the golden values", () => {
    const result = kolmogorovSmirnov(samples[reference]!, samples[current]!);
    if (expected === null) return expect(result.outcome).toBe("insufficient_data");
    if (result.outcome !== "ok") throw new Error(result.reason);
    expectClose(result.statistic, expected.statistic, { absolute: 1e-12 });
    if (result.pValueMethod === "exact") {
      expectClose(result.pValue, expected.p_exact, { relative: 1e-7 });
    } else {
      expectClose(result.pValue, expected.p_limit, { relative: 1e-9 });
    }
  });

  test("both p-values equal the golden ones, whichever is reported", () => {
    if (expected === null) return;
    const { n_ref: n, n_cur: m, statistic } = expected;
    expectClose(exactKsUpperTail(statistic, n, m), expected.p_exact, { relative: 1e-7 });
    expectClose(kolmogorovUpperTail(Math.sqrt((n * m) / (n + m)) * statistic), expected.p_limit, {
      relative: 1e-9,
    });
  });
});
