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
import { expectRegression, type RegressionCase, regressionTolerance } from "./expect-regression.ts";

const value = (metric: Metric) =>
  metric.outcome === "ok" ? metric.value : (metric.conventionalValue ?? null);

describe("regression metrics equal the reference", () => {
  for (const one of readGolden<RegressionCase>("regression").cases) {
    it(one.id, () => {
      const { expected } = one;
      const tolerance = regressionTolerance(one);
      const rows = { truth: one.y_true, predicted: one.y_pred };
      const exact = regressionPerformance(rows).metrics;
      const fromAggregate = regressionMetrics(aggregateRegressionRows(rows)).metrics;
      for (const metrics of [exact, fromAggregate]) expectRegression(metrics, one);
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
