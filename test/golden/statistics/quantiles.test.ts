import { cleanColumn, quantile, sortFloats } from "@leeway/core/statistics";
import { expect, test } from "vitest";
import { expectClose, loadGolden } from "../golden-file.ts";
import { goldenSamples } from "./golden-samples.ts";

type Case = { id: string; sample: string; expected: Record<string, number> | null };

const { cases } = loadGolden<{ cases: Case[] }>("quantiles");
const samples = goldenSamples();
const levels: Record<string, number> = {
  p01: 0.01,
  p25: 0.25,
  p50: 0.5,
  p75: 0.75,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
  p999: 0.999,
};

test.each(cases)("quantiles of $id equal the golden values", ({ sample, expected }) => {
  const sorted = sortFloats(cleanColumn(samples[sample]!).values);
  if (expected === null) return expect(quantile(sorted, 0.5).outcome).toBe("insufficient_data");
  const spread = sorted[sorted.length - 1]! - sorted[0]!;
  for (const [name, value] of Object.entries(expected)) {
    const result = quantile(sorted, levels[name]!);
    if (result.outcome !== "ok") throw new Error(result.reason);
    expectClose(result.value, value, { absolute: 1e-9 * spread });
  }
});
