import type { NotComputable } from "../statistics/index.ts";

/** IntervalMethod names how the confidence interval of a metric was made. */
export type IntervalMethod =
  | "wilson"
  | "wilson_transformed"
  | "newcombe"
  | "delong"
  | "wilson_smaller_class"
  | "binomial_logit"
  | "student_t"
  | "delta"
  | "order_statistics"
  | "none";

/** MetricEstimate is a metric's value over `count` rows with its confidence interval; the bounds are null where none can be made. */
export interface MetricEstimate {
  outcome: "ok";
  value: number;
  ciLow: number | null;
  ciHigh: number | null;
  standardError: number | null;
  count: number;
  method: IntervalMethod;
}

/**
 * MetricUndefined names why a metric has no value: `insufficient_data` where rows are missing, `not_defined` where the rows there are
 * give 0/0. `conventionalValue` is what scikit-learn reports in its place, for comparison only: it is never a verdict.
 */
export type MetricUndefined = NotComputable & { readonly conventionalValue?: number };

/** Metric is a performance metric: a value with an interval, or a named reason why there is none. */
export type Metric = MetricEstimate | MetricUndefined;

/** undefinedMetric returns the outcome of a metric that the present rows leave at 0/0. */
export function undefinedMetric(reason: string, conventionalValue?: number): MetricUndefined {
  return conventionalValue === undefined
    ? { outcome: "not_defined", reason }
    : { outcome: "not_defined", reason, conventionalValue };
}

/** metricValue returns the value of a metric, or null where it has none. */
export function metricValue(metric: Metric | undefined): number | null {
  return metric?.outcome === "ok" ? metric.value : null;
}
