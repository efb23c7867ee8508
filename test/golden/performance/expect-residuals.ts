import { RESIDUAL_RELATIVE_ERROR, type RegressionPerformance } from "@leeway/core/performance";
import { expect } from "vitest";

/** ResidualCase is one case of residual_quantiles.json. */
export interface ResidualCase {
  id: string;
  y_true: number[];
  y_pred: number[];
  expected: { q: number; linear: number; lower: number; higher: number }[];
}

/** expectHistogramQuantiles asserts that every quantile is one of the two residuals beside it, within the histogram's relative error. */
export function expectHistogramQuantiles(
  { residualQuantiles }: RegressionPerformance,
  { expected }: ResidualCase,
): void {
  expect(residualQuantiles.map(({ q }) => q)).toEqual(expected.map(({ q }) => q));
  expected.forEach(({ q, lower, higher }, i) => {
    const { residual } = residualQuantiles[i]!;
    if (residual.outcome !== "ok") throw new Error(residual.reason);
    const isNear = (exact: number) =>
      Math.abs(residual.value - exact) <= 1e-12 + RESIDUAL_RELATIVE_ERROR * 1.001 * Math.abs(exact);
    expect(isNear(lower) || isNear(higher), `quantile ${q}: ${residual.value}`).toBe(true);
  });
}
