import { type MetricValue, performanceOutlineSchema } from "@leeway/core/evaluation";
import type { LaneVerdict } from "./drift-lane.ts";

/** PerformancePoint is one window of one metric; a value is null where it is not defined. */
export interface PerformancePoint {
  start: number;
  end: number;
  value: number | null;
  low: number | null;
  high: number | null;
  reference: number | null;
  estimated: number | null;
  estimatedLow: number | null;
  estimatedHigh: number | null;
  /** How the estimator has done so far, or why it gives no number. */
  estimateReason: string | undefined;
  predictions: number;
  labelled: number;
  coverage: number;
  expectedCoverage: number | null;
  isMature: boolean;
  /** Whether enough labels have come to take the value at its word. */
  isJudged: boolean;
  revision: number;
  outcome: string;
  reason: string;
}

/** PerformanceLane is one metric of one model version over a range, with the metrics one may choose from. */
export interface PerformanceLane {
  metric: string | undefined;
  metrics: string[];
  points: PerformancePoint[];
}

/** Which metric tells most about a task, best first: those that move when the relation between inputs and outcome changes. */
const PREFERRED = ["log_loss", "mae", "rmse", "accuracy", "roc_auc", "brier"];

/** performanceLane returns the series of `asked` (or of the most telling metric there is) from performance evaluations, ascending by start. */
export function performanceLane(
  evaluations: readonly LaneVerdict[],
  asked: string | undefined,
): PerformanceLane {
  const windows = evaluations.flatMap(({ detail }) => {
    const parsed = performanceOutlineSchema.safeParse(detail);
    return parsed.success ? [parsed.data] : [];
  });
  const metrics = [...new Set(windows.flatMap((window) => definedMetrics(window.metrics)))];
  const metric = leadingMetric(metrics, asked);
  const points = windows.map((window): PerformancePoint => {
    const value = metric === undefined ? undefined : window.metrics[metric];
    const estimated = metric === undefined ? undefined : window.estimated?.[metric];
    return {
      start: window.start,
      end: window.end,
      value: value?.value ?? null,
      low: value?.ci_low ?? null,
      high: value?.ci_high ?? null,
      reference: value?.reference ?? null,
      estimated: estimated?.value ?? null,
      estimatedLow: estimated?.ci_low ?? null,
      estimatedHigh: estimated?.ci_high ?? null,
      estimateReason: estimated?.reason,
      predictions: window.predictions,
      labelled: window.labelled,
      coverage: window.label_coverage,
      expectedCoverage: window.expected_coverage,
      isMature: window.mature,
      isJudged: window.mature && window.outcome !== "insufficient_data" && window.outcome !== "no_data",
      revision: window.revision,
      outcome: window.outcome,
      reason: window.reason,
    };
  });
  return { metric, metrics, points };
}

/** leadingMetric returns `asked` where it is among `metrics`, else the one that tells most, or undefined where there are none. */
export function leadingMetric(metrics: readonly string[], asked: string | undefined): string | undefined {
  if (asked !== undefined && metrics.includes(asked)) return asked;
  return PREFERRED.find((name) => metrics.includes(name)) ?? metrics[0];
}

/** definedMetrics returns the names of the metrics that have a value. */
export function definedMetrics(metrics: Record<string, MetricValue>): string[] {
  return Object.entries(metrics)
    .filter(([, { value }]) => value !== null)
    .map(([name]) => name);
}
