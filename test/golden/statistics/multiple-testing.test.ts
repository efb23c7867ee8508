import { adjustPValues, type PValueAdjustment } from "@leeway/core/statistics";
import { expect, test } from "vitest";
import { expectClose, loadGolden } from "../golden-file.ts";

type Adjusted = { adjusted: number[]; reject: boolean[] };
type Case = { id: string; p: number[]; alpha: number; expected: Record<PValueAdjustment, Adjusted> };

const methods: PValueAdjustment[] = ["benjamini_hochberg", "benjamini_yekutieli", "holm", "bonferroni"];
const { cases } = loadGolden<{ cases: Case[] }>("multiple_testing");

test.each(cases)("adjusted p-values of $id equal the golden values by every method", (golden) => {
  for (const method of methods) {
    const expected = golden.expected[method];
    const adjusted = adjustPValues(golden.p, method);
    expect(adjusted).toHaveLength(expected.adjusted.length);
    adjusted.forEach((p, i) => {
      expectClose(p, expected.adjusted[i]!, { relative: 1e-12, absolute: 1e-300 });
    });
    if (golden.id === "boundary") continue;
    expect(adjusted.map((p) => p <= golden.alpha)).toEqual(expected.reject);
  }
});
