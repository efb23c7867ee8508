import type { BreakdownGroup, MetricValue } from "../../evaluation/index.ts";
import {
  emptyLossSums,
  findNonsense,
  type LossSums,
  type Metric,
  meanMetric,
  mergeAggregates,
  type PerformanceAggregate,
  proportionMetric,
  type SeenClass,
} from "../../performance/index.ts";
import type { Model } from "../../records/index.ts";
import { type Segment, segmentKey } from "../../segment/index.ts";
import { performanceMetrics, toMetricValue } from "./performance-metrics.ts";

/** CountedGroup is the predictions that have one value of a tag or feature; a null value: they have none of that name. */
export interface CountedGroup {
  group: { value: string | null } | "rest";
  requests: number;
  failed: number;
  predictions: number;
  labelled: number;
  aggregate: PerformanceAggregate | undefined;
  reference: PerformanceAggregate | undefined;
  /** Of its scores or predicted values, labels or not; undefined where it has no number. */
  outputs: LossSums | undefined;
  referenceOutputs: LossSums | undefined;
}

/** describeBreakdown returns the groups of a breakdown by `name` within `segment` in their wire shape, every rate with its 95 % interval; where labels and predictions cannot be compared, no metric has a value. O(groups · buckets). */
export function describeBreakdown(
  groups: readonly CountedGroup[],
  name: string,
  segment: Segment | undefined,
  known: { model: Pick<Model, "task" | "positive_class" | "configured">; classes: readonly SeenClass[] },
): BreakdownGroup[] {
  // Of all groups together: one of a few rows may well hold one class only.
  const nonsense = findNonsense({
    ...known,
    reference: mergeAggregates(groups.flatMap(({ reference }) => reference ?? [])),
    window: mergeAggregates(groups.flatMap(({ aggregate }) => aggregate ?? [])),
  });
  const requests = groups.reduce((sum, group) => sum + group.requests, 0);
  return groups.map((one) => {
    const { group, aggregate, reference, predictions, labelled } = one;
    const value = group === "rest" ? null : group.value;
    return {
      segment: value === null ? null : segmentKey({ ...segment, [name]: value }),
      value,
      group: group === "rest" ? "rest" : value === null ? "missing" : "value",
      requests: one.requests,
      share: requests === 0 ? 0 : one.requests / requests,
      labelled,
      label_coverage: predictions === 0 ? 0 : labelled / predictions,
      failure_rate: toMetricValue(proportionMetric(one.failed, one.requests, "no requests")),
      output_mean: toMetricValue(
        meanOutput(one.outputs),
        one.referenceOutputs === undefined ? undefined : meanOutput(one.referenceOutputs),
      ),
      metrics:
        aggregate === undefined
          ? {}
          : withErrorRate(performanceMetrics(aggregate, reference, nonsense?.reason)),
    };
  });
}

function meanOutput(outputs: LossSums | undefined): Metric {
  return meanMetric(outputs ?? emptyLossSums(), { reason: "no output that is a number" });
}

// People ask for errors as often as for what was right; one is the other's complement.
function withErrorRate(metrics: Record<string, MetricValue>): Record<string, MetricValue> {
  const { accuracy } = metrics;
  if (accuracy === undefined) return metrics;
  const complement = (value: number | null) => (value === null ? null : 1 - value);
  const { value, ci_low, ci_high, reference, ...rest } = accuracy;
  return {
    error_rate: {
      ...rest,
      value: complement(value),
      ci_low: complement(ci_high),
      ci_high: complement(ci_low),
      ...(reference === undefined ? {} : { reference: complement(reference) }),
    },
    ...metrics,
  };
}
