import { expect, test } from "vitest";
import { fUpperQuantile, fUpperTail } from "./f-distribution.ts";

test.each([
  [4.9646, 1, 10, 0.05000005219291375],
  [3.5, 9, 24, 0.006776545704808044],
  [12, 1, 8, 0.008516263370901282],
  [100, 1, 5, 0.00017094757574296355],
  [1.2, 9, 1e9, 0.28966749013595405],
  [30, 3.5, 17.25, 2.458989273648377e-7],
])("the tail of F at %d with %d and %d degrees is SciPy's stats.f.sf", (x, numerator, denominator, tail) => {
  expect(fUpperTail(x, numerator, denominator) / tail).toBeCloseTo(1, 7);
});

test.each([
  [1e-6, 1, 12],
  [0.01, 9, Number.POSITIVE_INFINITY],
])("the quantile undoes the tail %d", (tail, numerator, denominator) => {
  const x = fUpperQuantile(tail, numerator, denominator);
  expect(fUpperTail(x, numerator, denominator) / tail).toBeCloseTo(1, 8);
});

test("nothing exceeds 0 or less", () => {
  expect(fUpperTail(0, 2, 5)).toBe(1);
  expect(fUpperTail(Number.NaN, 2, 5)).toBe(1);
});
