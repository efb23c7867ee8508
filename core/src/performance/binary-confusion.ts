import { insufficientData } from "../statistics/index.ts";
import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import { type Metric, undefinedMetric } from "./metric.ts";
import { proportionMetric, wilsonBounds } from "./proportion-metric.ts";

/** BinaryConfusion counts rows by true and predicted class; the positive class is 1. */
export interface BinaryConfusion {
  truePositive: number;
  falsePositive: number;
  falseNegative: number;
  trueNegative: number;
}

/** BinaryConfusionMetricName lists the metrics that a binary confusion matrix alone decides. */
export type BinaryConfusionMetricName =
  | "accuracy"
  | "balanced_accuracy"
  | "precision"
  | "recall"
  | "specificity"
  | "f1"
  | "matthews"
  | "positive_rate"
  | "predicted_positive_rate";

/** binaryConfusionMetrics returns every metric of a binary confusion matrix with its interval; 0/0 cases are named. O(1). */
export function binaryConfusionMetrics(
  confusion: BinaryConfusion,
  level = DEFAULT_LEVEL,
): Record<BinaryConfusionMetricName, Metric> {
  const { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn } = confusion;
  const total = tp + fp + fn + tn;
  const none = "no labelled rows with a predicted class";
  const noPositive = "no positive labels in the window";
  const noNegative = "no negative labels in the window";
  const orEmpty = (metric: () => Metric) => (total > 0 ? metric() : insufficientData(none));
  return {
    accuracy: orEmpty(() => proportionMetric(tp + tn, total, none, level)),
    balanced_accuracy: orEmpty(() => balancedAccuracyMetric(confusion, level)),
    precision: orEmpty(() => proportionMetric(tp, tp + fp, "no row was predicted positive", level)),
    recall: orEmpty(() => proportionMetric(tp, tp + fn, noPositive, level)),
    specificity: orEmpty(() => proportionMetric(tn, tn + fp, noNegative, level)),
    f1: orEmpty(() => f1Metric(tp, fp, fn, level)),
    matthews: orEmpty(() => matthewsMetric(confusion, level)),
    positive_rate: orEmpty(() => proportionMetric(tp + fn, total, none, level)),
    predicted_positive_rate: orEmpty(() => proportionMetric(tp + fp, total, none, level)),
  };
}

/**
 * f1Metric returns the harmonic mean of precision and recall. Given the rows that are positive in truth or prediction, Jaccard's index
 * tp / (tp + fp + fn) is a proportion and F1 = 2J / (1 + J) grows with it, so Wilson's bounds for J carry over. O(1).
 */
export function f1Metric(tp: number, fp: number, fn: number, level = DEFAULT_LEVEL): Metric {
  const union = tp + fp + fn;
  if (union === 0) return undefinedMetric("no row is positive, neither in truth nor in prediction", 0);
  const toF1 = (jaccard: number) => (2 * jaccard) / (1 + jaccard);
  const jaccard = tp / union;
  const { low, high } = wilsonBounds(tp, union, level);
  const standardError = (2 / (1 + jaccard) ** 2) * Math.sqrt((jaccard * (1 - jaccard)) / union);
  return {
    outcome: "ok",
    value: (2 * tp) / (2 * tp + fp + fn),
    ciLow: toF1(low),
    ciHigh: toF1(high),
    standardError,
    count: union,
    method: "wilson_transformed",
  };
}

/** balancedAccuracyMetric returns the mean of recall and specificity; its interval recovers both Wilson intervals' variances (Newcombe 1998). */
function balancedAccuracyMetric(
  { truePositive, falsePositive, falseNegative, trueNegative }: BinaryConfusion,
  level: number,
): Metric {
  const positives = truePositive + falseNegative;
  const negatives = trueNegative + falsePositive;
  if (positives === 0 || negatives === 0) {
    return undefinedMetric(
      positives === 0 ? "no positive labels in the window" : "no negative labels in the window",
    );
  }
  const recall = truePositive / positives;
  const specificity = trueNegative / negatives;
  const a = wilsonBounds(truePositive, positives, level);
  const b = wilsonBounds(trueNegative, negatives, level);
  const value = (recall + specificity) / 2;
  return {
    outcome: "ok",
    value,
    ciLow: value - Math.hypot(recall - a.low, specificity - b.low) / 2,
    ciHigh: value + Math.hypot(a.high - recall, b.high - specificity) / 2,
    standardError:
      Math.sqrt((recall * (1 - recall)) / positives + (specificity * (1 - specificity)) / negatives) / 2,
    count: positives + negatives,
    method: "newcombe",
  };
}

/**
 * matthewsMetric returns the phi coefficient with its large-sample interval on Fisher's z scale.
 * Source: Bishop, Fienberg & Holland, Discrete Multivariate Analysis, 1975, 11.3.
 */
function matthewsMetric(confusion: BinaryConfusion, level: number): Metric {
  const { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn } = confusion;
  const scale = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn);
  if (scale === 0) return undefinedMetric("labels or predictions are all of one class", 0);
  const phi = (tp * tn - fp * fn) / scale;
  const count = tp + fp + fn + tn;
  const truth = (tp + fn) / count;
  const predicted = (tp + fp) / count;
  const truthSpread = truth * (1 - truth);
  const predictedSpread = predicted * (1 - predicted);
  const variance =
    (1 -
      phi ** 2 +
      (phi * (1 + phi ** 2 / 2) * (2 * truth - 1) * (2 * predicted - 1)) /
        Math.sqrt(truthSpread * predictedSpread) -
      0.75 * phi ** 2 * ((2 * truth - 1) ** 2 / truthSpread + (2 * predicted - 1) ** 2 / predictedSpread)) /
    count;
  const base = { outcome: "ok", value: phi, count } as const;
  if (Math.abs(phi) >= 1) return { ...base, ciLow: null, ciHigh: null, standardError: null, method: "none" };
  const standardError = Math.sqrt(Math.max(0, variance));
  const half = (normalScale(level) * standardError) / (1 - phi ** 2);
  return {
    ...base,
    ciLow: Math.tanh(Math.atanh(phi) - half),
    ciHigh: Math.tanh(Math.atanh(phi) + half),
    standardError,
    method: "delta",
  };
}
