import type { Metric, RegressionPerformance } from "@leeway/core/performance";
import { expectClose, type Tolerance } from "../expect-close.ts";

/** RegressionCase is one case of regression.json. */
export interface RegressionCase {
  id: string;
  y_true: number[];
  y_pred: number[];
  expected: {
    n: number;
    mae: number;
    mse: number;
    rmse: number;
    median_ae: number;
    max_error: number;
    mean_error_pred_minus_true: number;
    r2: number | null;
    mape_skip_zero_truth: number | null;
    smape_0_2: number;
  };
}

const value = (metric: Metric) =>
  metric.outcome === "ok" ? metric.value : (metric.conventionalValue ?? null);

/** regressionTolerance returns how close to a case is right: of a truth near 1e9 only so many digits of its errors are left. */
export function regressionTolerance({ id }: RegressionCase): Tolerance {
  return { absolute: 1e-12, relative: id === "large_offset" ? 1e-6 : 1e-9 };
}

/** expectRegression asserts that the metrics of a regressor that are means of its rows are the reference's. */
export function expectRegression(metrics: RegressionPerformance["metrics"], one: RegressionCase): void {
  const { expected } = one;
  const tolerance = regressionTolerance(one);
  expectClose(value(metrics.mae), expected.mae, tolerance, "mae");
  expectClose(value(metrics.mse), expected.mse, tolerance, "mse");
  expectClose(value(metrics.rmse), expected.rmse, tolerance, "rmse");
  expectClose(value(metrics.bias), expected.mean_error_pred_minus_true, tolerance, "bias");
  expectClose(value(metrics.r2), expected.r2, tolerance, "r2");
  expectClose(value(metrics.mape), expected.mape_skip_zero_truth, tolerance, "mape");
  expectClose(value(metrics.smape), expected.smape_0_2, tolerance, "smape");
  expectClose(value(metrics.max_error), expected.max_error, tolerance, "max error");
}
