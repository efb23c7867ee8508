import { insufficientData, quantileSorted } from "../statistics/index.ts";
import { aggregateRegressionRows, type RegressionRows } from "./aggregate-regression-rows.ts";
import { determinationMetric } from "./determination.ts";
import { DEFAULT_LEVEL } from "./interval-scale.ts";
import { type LossSums, meanMetric, scaleLossSums } from "./loss-sums.ts";
import { type Metric, undefinedMetric } from "./metric.ts";
import type { RegressionAggregate } from "./regression-aggregate.ts";
import { residualQuantileMetric } from "./residual-histogram.ts";
import { effectiveScale } from "./sampling-weight.ts";

/** RegressionMetricName lists the metrics of a regressor, by their names on the wire. */
export type RegressionMetricName =
  | "mae"
  | "mse"
  | "rmse"
  | "mape"
  | "smape"
  | "r2"
  | "bias"
  | "median_absolute_error"
  | "max_error";

/** RESIDUAL_QUANTILES are the quantiles of prediction − truth that are reported. */
export const RESIDUAL_QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** RegressionPerformance is how a regressor did over labelled rows. */
export interface RegressionPerformance {
  task: "regression";
  count: number;
  metrics: Record<RegressionMetricName, Metric>;
  residualQuantiles: { q: number; residual: Metric }[];
  /** Rows whose truth or prediction was not a finite number: counted, and left out. */
  invalidRows: number;
}

/**
 * regressionMetrics returns the performance of a regressor from its aggregate. Means are exact; residual quantiles and the median absolute
 * error are within 1 % of their size. mape is a fraction over rows whose truth is not 0; bias is mean(prediction − truth). O(buckets).
 */
export function regressionMetrics(
  aggregate: RegressionAggregate,
  level = DEFAULT_LEVEL,
): RegressionPerformance {
  const scale = effectiveScale(aggregate);
  const reason = "no labelled rows with a predicted value";
  const mean = (sums: LossSums, minimum: number) =>
    meanMetric(scaleLossSums(sums, scale), { reason, minimum, level });
  const squaredError = mean(aggregate.squaredError, 0);
  const percentage = mean(aggregate.absolutePercentageError, 0);
  const allZero = aggregate.weightSum > 0 && percentage.outcome !== "ok";
  return {
    task: "regression",
    count: aggregate.weightSum,
    metrics: {
      mae: mean(aggregate.absoluteError, 0),
      mse: squaredError,
      rmse: rootOf(squaredError),
      mape: allZero ? undefinedMetric("every true value is 0") : percentage,
      smape: mean(aggregate.symmetricPercentageError, 0),
      r2: determinationMetric(aggregate, scale, level),
      bias: mean(aggregate.error, Number.NEGATIVE_INFINITY),
      median_absolute_error: residualQuantileMetric(aggregate.absoluteResiduals, 0.5, level),
      max_error:
        aggregate.weightSum > 0
          ? {
              outcome: "ok",
              value: aggregate.maximumAbsoluteError,
              ciLow: null,
              ciHigh: null,
              standardError: null,
              count: aggregate.weightSum,
              method: "none",
            }
          : insufficientData(reason),
    },
    residualQuantiles: RESIDUAL_QUANTILES.map((q) => ({
      q,
      residual: residualQuantileMetric(aggregate.residuals, q, level),
    })),
    invalidRows: aggregate.invalidRows,
  };
}

/**
 * regressionPerformance returns the performance of a regressor from rows held in memory, with exact quantiles (type 7). O(n log n).
 *
 * @example regressionPerformance({ truth: [0, 1, 2, 4], predicted: [0.5, 1, 1, 5] }).metrics.mae // value 0.625
 */
export function regressionPerformance(rows: RegressionRows, level = DEFAULT_LEVEL): RegressionPerformance {
  const performance = regressionMetrics(aggregateRegressionRows(rows), level);
  if (rows.weights !== undefined) return performance;
  const residuals = Float64Array.from(rows.truth, (y, i) => rows.predicted[i]! - y)
    .filter((residual) => Number.isFinite(residual))
    .sort();
  const sizes = residuals.map((residual) => Math.abs(residual)).sort();
  const exact = (metric: Metric, sorted: Float64Array, q: number): Metric =>
    metric.outcome === "ok" ? { ...metric, value: quantileSorted(sorted, q) } : metric;
  const { metrics } = performance;
  return {
    ...performance,
    metrics: { ...metrics, median_absolute_error: exact(metrics.median_absolute_error, sizes, 0.5) },
    residualQuantiles: performance.residualQuantiles.map(({ q, residual }) => ({
      q,
      residual: exact(residual, residuals, q),
    })),
  };
}

/** rootOf returns the root of a mean squared error; its interval's bounds are the roots of the bounds. */
function rootOf(metric: Metric): Metric {
  if (metric.outcome !== "ok") return metric;
  const root = (x: number | null) => (x === null ? null : Math.sqrt(x));
  const value = Math.sqrt(metric.value);
  return {
    ...metric,
    value,
    ciLow: root(metric.ciLow),
    ciHigh: root(metric.ciHigh),
    standardError: metric.standardError === null || value === 0 ? null : metric.standardError / (2 * value),
  };
}
