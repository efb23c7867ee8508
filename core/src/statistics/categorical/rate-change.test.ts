import { expect, test } from "vitest";
import { rateChange } from "./rate-change.ts";

test("few events are tested exactly, many by chi-square", () => {
  const few = rateChange({ events: 3, rows: 6 }, { events: 6, rows: 6 });
  expect(few).toMatchObject({ outcome: "ok", difference: 0.5, pValueMethod: "fisher_exact" });
  expect(few.outcome === "ok" && few.pValue).toBeCloseTo(2 / 11, 9);
  const many = rateChange({ events: 1000, rows: 10_000 }, { events: 130, rows: 1000 });
  expect(many).toMatchObject({ outcome: "ok", pValueMethod: "chi_square" });
  // 2×2 table [[1000, 9000], [130, 870]] without Yates: χ² = 8.87646 (SciPy).
  expect(many.outcome === "ok" && many.pValue).toBeCloseTo(0.00288871783542, 12);
});

test("a million rows against a thousand still answer at once", () => {
  const result = rateChange({ events: 20_000, rows: 1_000_000 }, { events: 500, rows: 500 });
  expect(result.outcome === "ok" && result.pValue).toBe(0);
});
