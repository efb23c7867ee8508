import { expect, test } from "vitest";
import type { FeatureSummary } from "./feature-summaries.ts";
import { valuesToKeep } from "./reference-values.ts";

const summary = (feature: string, strings: number, distinct: number, words = 1): FeatureSummary => ({
  feature,
  numbers: 0,
  strings,
  booleans: 0,
  nulls: 0,
  distinct_strings: distinct,
  mean_length: 8,
  mean_words: words,
});

test.each([
  ["as many categories as are named", summary("a", 10_000, 200), undefined],
  ["one more", summary("a", 10_000, 201), 1],
  ["as many categories as there may be", summary("a", 1_000_000, 100_000), 1],
  ["an identifier", summary("a", 1_000_000, 100_001), 1],
  ["as many values of an identifier as are kept", summary("a", 1_000_000, 250_000), 1],
  ["one more of them", summary("a", 1_000_000, 250_001), 2],
  ["a million", summary("a", 10_000_000, 1_000_000), 4],
  ["an identifier that never repeats", summary("a", 50_000, 50_000), undefined],
  ["free text", summary("a", 50_000, 40_000, 9), undefined],
  ["numbers", { ...summary("a", 0, 0), numbers: 1_000 }, undefined],
])("of %s are kept", (_, one, oneIn) => {
  expect(valuesToKeep([one]).get("a")).toBe(oneIn);
});

test("the values kept of all features of a reference together are bounded", () => {
  const wide = Array.from({ length: 300 }, (_, i) => summary(`f${i}`, 1_000_000, 90_000));
  const kept = [...valuesToKeep(wide).values()].reduce((sum, oneIn) => sum + 90_000 / oneIn, 0);
  expect(kept).toBeLessThanOrEqual(2_000_000);
  expect(kept).toBeGreaterThan(1_000_000);
});
