import { cleanColumn, sortFloats, summarize, wassersteinSorted } from "@leeway/core/statistics";
import { expect, test } from "vitest";
import { expectClose, loadGolden } from "../golden-file.ts";
import { goldenSamples, type SamplePair } from "./golden-samples.ts";

type Case = SamplePair & {
  expected: { wasserstein_1: number; normed_by_ref_std_ddof0: number | null } | null;
};

const { cases } = loadGolden<{ cases: Case[] }>("wasserstein");
const samples = goldenSamples();

test.each(cases)(
  "the Wasserstein distance of $id equals the golden value",
  ({ id, reference, current, expected }) => {
    const left = sortFloats(cleanColumn(samples[reference]!).values);
    const right = sortFloats(cleanColumn(samples[current]!).values);
    const summary = summarize(left);
    const deviation = summary.outcome === "ok" ? summary.populationStandardDeviation : 0;
    const result = wassersteinSorted(left, right, deviation);
    if (expected === null) return expect(result.outcome).toBe("insufficient_data");
    if (result.outcome !== "ok") throw new Error(result.reason);
    const isOffset = id.startsWith("offset");
    expectClose(result.distance, expected.wasserstein_1, { relative: isOffset ? 1e-7 : 1e-9 });
    if (expected.normed_by_ref_std_ddof0 === null) return expect(result.normalized).toBeNull();
    expectClose(result.normalized!, expected.normed_by_ref_std_ddof0, { relative: isOffset ? 1e-6 : 1e-9 });
  },
);
