import { cleanColumn, sortFloats, summarize } from "@leeway/core/statistics";
import { expect, test } from "vitest";
import { expectClose, loadGolden } from "../golden-file.ts";
import { goldenSamples } from "./golden-samples.ts";

type Expected = {
  count: number;
  null_count: number;
  mean: number;
  sum: number;
  min: number;
  max: number;
  std_ddof0: number;
  std_ddof1: number | null;
  n_distinct: number;
  skewness_biased: number | null;
  excess_kurtosis_biased: number | null;
};

const { cases } = loadGolden<{ cases: { id: string; sample: string; expected: Expected }[] }>(
  "summary_stats",
);
const samples = goldenSamples();

test.each(cases)("the summary of $id equals the golden values", ({ id, sample, expected }) => {
  const column = cleanColumn(samples[sample]!);
  expect(column.missing).toBe(expected.null_count);
  const result = summarize(sortFloats(column.values));
  if (expected.count === 0) return expect(result.outcome).toBe("insufficient_data");
  if (result.outcome !== "ok") throw new Error(result.reason);
  const deviation = { relative: id.startsWith("offset") ? 1e-6 : 1e-9 };
  expect(result).toMatchObject({ count: expected.count, min: expected.min, max: expected.max });
  expect(result.distinct).toBe(expected.n_distinct);
  expectClose(result.mean, expected.mean, { relative: 1e-12 });
  expectClose(result.sum ?? Number.NaN, expected.sum, { relative: 1e-12 });
  expectClose(result.populationStandardDeviation, expected.std_ddof0, deviation);
  if (expected.std_ddof1 === null) expect(result.sampleStandardDeviation).toBeNull();
  else expectClose(result.sampleStandardDeviation!, expected.std_ddof1, deviation);
  if (expected.skewness_biased !== null) {
    expectClose(result.skewness!, expected.skewness_biased, { relative: 1e-7, absolute: 1e-12 });
    expectClose(result.excessKurtosis!, expected.excess_kurtosis_biased!, {
      relative: 1e-7,
      absolute: 1e-12,
    });
  }
});
