import type { SIGNAL_NAMES } from "../../evaluation/index.ts";
import {
  type BinaryAggregate,
  binaryMetrics,
  effectiveScale,
  type LossSums,
  type Metric,
  type MulticlassAggregate,
  meanOf,
  multiclassMetrics,
  type PerformanceAggregate,
  type RegressionAggregate,
  rocAucMetric,
  sampleVariance,
  scaleLossSums,
} from "../../performance/index.ts";

export type SignalName = (typeof SIGNAL_NAMES)[number];

/** PerformanceSignal is one watched number of one window with its sampling variance. */
export interface PerformanceSignal {
  name: SignalName;
  value: number;
  /** What really happened, where `value` is how far that lies from what the scores promised: the share of positives, the log loss, the AUC. */
  realised?: number;
  samplingVariance: number;
  /** Labelled rows behind it, as independent ones. */
  rows: number;
  /** Which direction is a failure; a two-sided signal fails both ways. */
  worse: "up" | "down" | "either";
}

/**
 * performanceSignals returns the numbers of a window that are watched. For a binary model with scores they are conditional on the scores: the
 * calibration gap (share of positives − mean score), the excess of the log loss and the shortfall of the AUC against what calibrated scores would
 * give, so that a mere shift of the inputs moves none of them. Signals without a value are left out. O(scores).
 */
export function performanceSignals(aggregate: PerformanceAggregate): PerformanceSignal[] {
  switch (aggregate.task) {
    case "binary":
      return binarySignals(aggregate);
    case "multiclass":
      return multiclassSignals(aggregate);
    case "regression":
      return regressionSignals(aggregate);
    default:
      return aggregate satisfies never;
  }
}

function binarySignals(aggregate: BinaryAggregate): PerformanceSignal[] {
  const scale = effectiveScale(aggregate);
  const { metrics } = binaryMetrics(aggregate);
  const gap = meanSignal("calibration_gap", scaleLossSums(aggregate.calibrationError, scale), "either", -1);
  if (gap.length === 0) return metricSignal("accuracy", metrics.accuracy, "down");
  return [
    ...gap.map((signal) => ({ ...signal, realised: positiveShare(aggregate) })),
    ...excessLogLoss(aggregate, scale),
    ...aucGap(aggregate, scale, metrics.roc_auc),
  ];
}

function positiveShare({ scoreHistogram: { positives, negatives } }: BinaryAggregate): number {
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return sum(positives) / (sum(positives) + sum(negatives));
}

// Σ (y − p)·logit(p), negated: log loss minus the entropy of the scores, so 0 on average for calibrated scores whatever the inputs.
function excessLogLoss(aggregate: BinaryAggregate, scale: number): PerformanceSignal[] {
  const { scores, positives, negatives } = aggregate.scoreHistogram;
  let rows = 0;
  let sum = 0;
  let variance = 0;
  scores.forEach((score, i) => {
    // Bounded, so that one outcome that a score had all but excluded cannot make an alarm of a whole window.
    const p = Math.min(0.999, Math.max(0.001, score));
    const count = (positives[i]! + negatives[i]!) * scale;
    const logit = Math.log(p / (1 - p));
    rows += count;
    sum -= (positives[i]! * scale - count * p) * logit;
    variance += count * p * (1 - p) * logit * logit;
  });
  if (!(rows > 1)) return [];
  return [
    {
      name: "excess_log_loss",
      value: sum / rows,
      realised: meanOf(aggregate.logLoss),
      samplingVariance: variance / rows ** 2,
      rows,
      worse: "up",
    },
  ];
}

// The AUC that these scores would have if they were calibrated: each row is positive with the probability its score says.
function aucGap(aggregate: BinaryAggregate, scale: number, realised: Metric): PerformanceSignal[] {
  const { scores, positives, negatives } = aggregate.scoreHistogram;
  const promised = scores.map((p, i) => ({ p, count: (positives[i]! + negatives[i]!) * scale }));
  const expected = rocAucMetric({
    positives: promised.map(({ p, count }) => p * count),
    negatives: promised.map(({ p, count }) => (1 - p) * count),
  });
  if (expected.outcome !== "ok") return [];
  return metricSignal("auc_gap", realised, "down").map((signal) => ({
    ...signal,
    value: signal.value - expected.value,
    realised: signal.value,
  }));
}

function multiclassSignals(aggregate: MulticlassAggregate): PerformanceSignal[] {
  const scale = effectiveScale(aggregate);
  const { metrics } = multiclassMetrics(aggregate);
  return [
    ...metricSignal("accuracy", metrics.accuracy, "down"),
    ...meanSignal("log_loss", scaleLossSums(aggregate.logLoss, scale), "up"),
  ];
}

function regressionSignals(aggregate: RegressionAggregate): PerformanceSignal[] {
  const scale = effectiveScale(aggregate);
  return [
    ...meanSignal("bias", scaleLossSums(aggregate.error, scale), "either"),
    ...meanSignal("absolute_error", scaleLossSums(aggregate.absoluteError, scale), "up"),
  ];
}

function meanSignal(
  name: SignalName,
  sums: LossSums,
  worse: PerformanceSignal["worse"],
  sign: 1 | -1 = 1,
): PerformanceSignal[] {
  if (!(sums.count > 1)) return [];
  const samplingVariance = sampleVariance(sums) / sums.count;
  return [{ name, value: sign * meanOf(sums), samplingVariance, rows: sums.count, worse }];
}

function metricSignal(
  name: SignalName,
  metric: Metric,
  worse: PerformanceSignal["worse"],
): PerformanceSignal[] {
  if (metric.outcome !== "ok" || !(metric.count > 1)) return [];
  // Agresti–Coull's added rows: all right in a small window is no certainty.
  const share = (metric.value * metric.count + 2) / (metric.count + 4);
  const error = name === "accuracy" ? Math.sqrt((share * (1 - share)) / metric.count) : metric.standardError;
  if (error === null) return [];
  return [{ name, value: metric.value, samplingVariance: error ** 2, rows: metric.count, worse }];
}
