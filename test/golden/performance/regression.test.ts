import {
  aggregateRegressionRows,
  type Metric,
  RESIDUAL_RELATIVE_ERROR,
  regressionMetrics,
  regressionPerformance,
} from "@leeway/core/performance";
import { describe, it } from "vitest";
import { expectClose } from "../expect-close.ts";
import { readGolden } from "../read-golden.ts";

interface RegressionCase {
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

describe("regression metrics equal the reference", () => {
  for (const one of readGolden<RegressionCase>("regression").cases) {
    it(one.id, () => {
      const { expected } = one;
      const tolerance = { absolute: 1e-12, relative: one.id === "large_offset" ? 1e-6 : 1e-9 };
      const rows = { truth: one.y_true, predicted: one.y_pred };
      const exact = regressionPerformance(rows).metrics;
      const fromAggregate = regressionMetrics(aggregateRegressionRows(rows)).metrics;
      for (const metrics of [exact, fromAggregate]) {
        expectClose(value(metrics.mae), expected.mae, tolerance, "mae");
        expectClose(value(metrics.mse), expected.mse, tolerance, "mse");
        expectClose(value(metrics.rmse), expected.rmse, tolerance, "rmse");
        expectClose(value(metrics.bias), expected.mean_error_pred_minus_true, tolerance, "bias");
        expectClose(value(metrics.r2), expected.r2, tolerance, "r2");
        expectClose(value(metrics.mape), expected.mape_skip_zero_truth, tolerance, "mape");
        expectClose(value(metrics.smape), expected.smape_0_2, tolerance, "smape");
        expectClose(value(metrics.max_error), expected.max_error, tolerance, "max error");
      }
      expectClose(value(exact.median_absolute_error), expected.median_ae, tolerance, "median absolute error");
      // The histogram takes one of the two middle rows where the exact median lies between them.
      if (one.y_true.length % 2 === 1) {
        expectClose(
          value(fromAggregate.median_absolute_error),
          expected.median_ae,
          { absolute: 1e-12, relative: RESIDUAL_RELATIVE_ERROR * 1.001 },
          "median absolute error from the histogram",
        );
      }
    });
  }
});
