import { type BinaryMetricName, logLossOf } from "../performance/index.ts";
import { insufficientData, type NotComputable, normalQuantile, notDefined } from "../statistics/index.ts";
import type { ExpectedGroup } from "./expected-outcomes.ts";
import type { IsotonicCalibration } from "./isotonic.ts";

/** EstimatedMetricName lists the metrics that can be estimated without labels. */
export type EstimatedMetricName = Extract<
  BinaryMetricName,
  | "accuracy"
  | "balanced_accuracy"
  | "precision"
  | "recall"
  | "specificity"
  | "f1"
  | "roc_auc"
  | "log_loss"
  | "brier"
  | "positive_rate"
>;

/**
 * EstimatedMetric is what a metric is expected to be, with the band in which the realised value should lie: chance in the labels to come, and
 * the calibration's own uncertainty.
 */
export type EstimatedMetric =
  | { outcome: "ok"; value: number; ciLow: number; ciHigh: number; standardError: number }
  | NotComputable;

/** Influence is how much one positive instead of a negative label, in each group, would change a metric. */
interface Influence {
  value: number;
  byGroup: (group: ExpectedGroup, index: number) => number;
}

/**
 * estimateBinary returns the performance of a binary classifier that its calibrated scores promise (confidence-based performance
 * estimation): each prediction counts as positive with its calibrated probability. It holds as long as the relation of inputs to labels
 * does: it sees input drift, and is blind to concept drift. The band is for the realised value over the same predictions.
 * Source: the method NannyML calls CBPE; Garg et al., ICLR 2022, discuss its limits. O(groups).
 *
 * @example estimateBinary(expectedGroups(window, calibration.map), calibration.map).accuracy // value 0.77
 */
export function estimateBinary(
  groups: readonly ExpectedGroup[],
  map: IsotonicCalibration,
  level = 0.95,
): Record<EstimatedMetricName, EstimatedMetric> {
  const counts = expectedCounts(groups);
  const { tp, fp, fn, tn } = counts;
  const rows = tp + fp + fn + tn;
  const positives = tp + fn;
  const negatives = fp + tn;
  const sign = (group: ExpectedGroup, whenPositive: number, whenNegative: number) =>
    group.isPredictedPositive ? whenPositive : whenNegative;
  const estimate = (
    isDefined: boolean,
    reason: string,
    range: [number, number],
    influence: () => Influence,
  ) => {
    if (rows === 0) return insufficientData("no predictions with a score in the window");
    return isDefined ? withBand(groups, map, influence(), range, level) : notDefined(reason);
  };
  const unit: [number, number] = [0, 1];
  const recall = tp / positives;
  const specificity = tn / negatives;
  const f1 = (2 * tp) / (2 * tp + fp + fn);
  return {
    accuracy: estimate(true, "", unit, () => ({
      value: (tp + tn) / rows,
      byGroup: (group) => sign(group, 1, -1) / rows,
    })),
    precision: estimate(tp + fp > 0, "no row was predicted positive", unit, () => ({
      value: tp / (tp + fp),
      byGroup: (group) => sign(group, 1 / (tp + fp), 0),
    })),
    recall: estimate(positives > 0, "no positive labels are expected", unit, () => ({
      value: recall,
      byGroup: (group) => sign(group, 1 - recall, -recall) / positives,
    })),
    specificity: estimate(negatives > 0, "no negative labels are expected", unit, () => ({
      value: specificity,
      byGroup: (group) => sign(group, specificity, specificity - 1) / negatives,
    })),
    balanced_accuracy: estimate(positives > 0 && negatives > 0, "one class only is expected", unit, () => ({
      value: (recall + specificity) / 2,
      byGroup: (group) =>
        (sign(group, 1 - recall, -recall) / positives +
          sign(group, specificity, specificity - 1) / negatives) /
        2,
    })),
    f1: estimate(2 * tp + fp + fn > 0, "no row is positive, neither expected nor predicted", unit, () => ({
      value: f1,
      byGroup: (group) => sign(group, 2 - f1, -f1) / (2 * tp + fp + fn),
    })),
    roc_auc: estimate(positives > 0 && negatives > 0, "one class only is expected", unit, () =>
      expectedAuc(groups),
    ),
    log_loss: estimate(true, "", [0, Number.POSITIVE_INFINITY], () => expectedLoss(groups, rows, logLossOf)),
    brier: estimate(true, "", unit, () => expectedLoss(groups, rows, (label, score) => (score - label) ** 2)),
    positive_rate: estimate(true, "", unit, () => ({ value: positives / rows, byGroup: () => 1 / rows })),
  };
}

/** expectedCounts returns the expected confusion counts. */
export function expectedCounts(groups: readonly ExpectedGroup[]): {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
} {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (const { rows, probability, isPredictedPositive } of groups) {
    counts[isPredictedPositive ? "tp" : "fn"] += rows * probability;
    counts[isPredictedPositive ? "fp" : "tn"] += rows * (1 - probability);
  }
  return counts;
}

function expectedLoss(
  groups: readonly ExpectedGroup[],
  rows: number,
  loss: (label: number, score: number) => number,
): Influence {
  let sum = 0;
  for (const { rows: n, probability, score } of groups) {
    sum += n * (probability * loss(1, score) + (1 - probability) * loss(0, score));
  }
  return { value: sum / rows, byGroup: ({ score }) => (loss(1, score) - loss(0, score)) / rows };
}

/** expectedAuc ranks expected positives against expected negatives; groups of one score tie. */
function expectedAuc(groups: readonly ExpectedGroup[]): Influence {
  const positives = groups.map((group) => group.rows * group.probability);
  const negatives = groups.map((group) => group.rows * (1 - group.probability));
  const totalPositives = positives.reduce((sum, n) => sum + n, 0);
  const totalNegatives = negatives.reduce((sum, n) => sum + n, 0);
  const net = new Array<number>(groups.length).fill(0);
  let wins = 0;
  let below = { positives: 0, negatives: 0 };
  for (let from = 0; from < groups.length; ) {
    let to = from;
    const tied = { positives: 0, negatives: 0 };
    while (to < groups.length && groups[to]!.score === groups[from]!.score) {
      tied.positives += positives[to]!;
      tied.negatives += negatives[to]!;
      to++;
    }
    const negativesBeaten = below.negatives + tied.negatives / 2;
    const positivesAbove = totalPositives - below.positives - tied.positives / 2;
    wins += tied.positives * negativesBeaten;
    for (let i = from; i < to; i++) net[i] = negativesBeaten - positivesAbove;
    below = {
      positives: below.positives + tied.positives,
      negatives: below.negatives + tied.negatives,
    };
    from = to;
  }
  const auc = wins / totalPositives / totalNegatives;
  return {
    value: auc,
    byGroup: (_, i) =>
      net[i]! / totalPositives / totalNegatives - auc / totalPositives + auc / totalNegatives,
  };
}

/** withBand adds the variance of the labels to come, Σ p(1−p)·g², and of the calibration's points, Σ over points of p(1−p)/m · (Σ g)². */
function withBand(
  groups: readonly ExpectedGroup[],
  map: IsotonicCalibration,
  influence: Influence,
  [minimum, maximum]: [number, number],
  level: number,
): EstimatedMetric {
  let variance = 0;
  const byPoint = new Float64Array(map.scores.length);
  groups.forEach((group, i) => {
    const effect = influence.byGroup(group, i);
    variance += group.rows * group.probability * (1 - group.probability) * effect * effect;
    if (group.point >= 0) byPoint[group.point]! += group.rows * effect;
  });
  byPoint.forEach((effect, point) => {
    const p = map.probabilities[point]!;
    // A pure pool of few rows is not certain: half a row of each kind is added (Jeffreys).
    const m = map.rows[point]!;
    const smoothed = (p * m + 0.5) / (m + 1);
    variance += (effect * effect * smoothed * (1 - smoothed)) / (m + 1);
  });
  const standardError = Math.sqrt(variance);
  const half = normalQuantile((1 + level) / 2) * standardError;
  const { value } = influence;
  return {
    outcome: "ok",
    value,
    ciLow: Math.max(minimum, value - half),
    ciHigh: Math.min(maximum, value + half),
    standardError,
  };
}
