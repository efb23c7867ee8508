import type { MetricValue } from "../../evaluation/index.ts";
import type { PerformanceAggregate } from "../../performance/index.ts";
import { binaryMetrics, type Metric, multiclassMetrics, regressionMetrics } from "../../performance/index.ts";

/**
 * performanceMetrics returns every metric of a window in its wire shape: value, 95 % interval, the reference's value beside it; null with a
 * reason where it is not defined. Where `refusal` says why labels and predictions cannot be compared, no metric has a value. O(buckets).
 */
export function performanceMetrics(
  aggregate: PerformanceAggregate,
  reference?: PerformanceAggregate,
  refusal?: string,
): Record<string, MetricValue> {
  if (refusal !== undefined) {
    const names = Object.keys(metricsOf(aggregate));
    return Object.fromEntries(
      names.map((name) => [name, toMetricValue({ outcome: "not_defined", reason: refusal })]),
    );
  }
  const before = reference === undefined ? undefined : metricsOf(reference);
  return Object.fromEntries(
    Object.entries(metricsOf(aggregate)).map(([name, metric]) => [
      name,
      toMetricValue(metric, before?.[name]),
    ]),
  );
}

/** toMetricValue returns a metric in its wire shape, with the reference's value where one is given. O(1). */
export function toMetricValue(metric: Metric, reference?: Metric): MetricValue {
  const beside =
    reference === undefined ? {} : { reference: reference.outcome === "ok" ? reference.value : null };
  if (metric.outcome !== "ok") {
    return { value: null, ci_low: null, ci_high: null, ...beside, reason: metric.reason };
  }
  return { value: metric.value, ci_low: metric.ciLow, ci_high: metric.ciHigh, ...beside };
}

function metricsOf(aggregate: PerformanceAggregate): Record<string, Metric> {
  switch (aggregate.task) {
    case "binary":
      return binaryMetrics(aggregate).metrics;
    case "multiclass":
      return multiclassMetrics(aggregate).metrics;
    case "regression":
      return regressionMetrics(aggregate).metrics;
    default:
      return aggregate satisfies never;
  }
}
