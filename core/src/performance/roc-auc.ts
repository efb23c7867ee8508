import { insufficientData } from "../statistics/index.ts";
import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import { type Metric, undefinedMetric } from "./metric.ts";
import { wilsonBounds } from "./proportion-metric.ts";
import type { ScoreGroups } from "./score-groups.ts";

/** DelongAuc is the area under the ROC curve with DeLong's variance, which needs two rows of each class. */
export interface DelongAuc {
  auc: number;
  positives: number;
  negatives: number;
  variance: number | null;
}

/**
 * delongAuc returns the area under the ROC curve (the probability that a positive row outscores a negative one, ties one half) and
 * DeLong's variance of it, from score groups; null without both classes. Range 0 to 1, higher is better.
 * Sources: DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988); Sun & Xu, IEEE SPL 21 (2014), whose mid-ranks the groups are. O(groups).
 *
 * @example delongAuc(groupScores([0, 1, 1, 0], [0.5, 0.5, 0.6, 0.4])) // auc 0.875, variance 0.03125
 */
export function delongAuc({ positives, negatives }: ScoreGroups): DelongAuc | null {
  const groups = positives.length;
  let nPositive = 0;
  let nNegative = 0;
  for (let g = 0; g < groups; g++) {
    nPositive += positives[g]!;
    nNegative += negatives[g]!;
  }
  if (nPositive === 0 || nNegative === 0) return null;
  let below = 0;
  let wins = 0;
  for (let g = 0; g < groups; g++) {
    wins += positives[g]! * (below + negatives[g]! / 2);
    below += negatives[g]!;
  }
  const auc = wins / nPositive / nNegative;
  if (nPositive < 2 || nNegative < 2)
    return { auc, positives: nPositive, negatives: nNegative, variance: null };
  let positiveSquares = 0;
  let negativeSquares = 0;
  let negativesBelow = 0;
  let positivesAbove = nPositive;
  for (let g = 0; g < groups; g++) {
    positivesAbove -= positives[g]!;
    const v10 = (negativesBelow + negatives[g]! / 2) / nNegative - auc;
    const v01 = (positivesAbove + positives[g]! / 2) / nPositive - auc;
    positiveSquares += positives[g]! * v10 * v10;
    negativeSquares += negatives[g]! * v01 * v01;
    negativesBelow += negatives[g]!;
  }
  const variance =
    positiveSquares / (nPositive - 1) / nPositive + negativeSquares / (nNegative - 1) / nNegative;
  return { auc, positives: nPositive, negatives: nNegative, variance };
}

/**
 * rocAucMetric returns ROC AUC with DeLong's interval, clipped to [0, 1]. Where the variance is 0 (a perfect separation of few rows would
 * otherwise read as certainty) the interval is Wilson's for as many trials as the smaller class has rows. O(groups).
 */
export function rocAucMetric(groups: ScoreGroups, level = DEFAULT_LEVEL): Metric {
  if (groups.positives.length === 0) return insufficientData("no labelled rows with a score");
  const delong = delongAuc(groups);
  if (delong === null) return undefinedMetric("all labels are of one class");
  const { auc, variance, positives, negatives } = delong;
  const base = { outcome: "ok", value: auc, count: positives + negatives } as const;
  const standardError = variance === null ? null : Math.sqrt(variance);
  if (standardError === null || standardError === 0) {
    const trials = Math.min(positives, negatives);
    const { low, high } = wilsonBounds(auc * trials, trials, level);
    return { ...base, ciLow: low, ciHigh: high, standardError, method: "wilson_smaller_class" };
  }
  const half = normalScale(level) * standardError;
  return {
    ...base,
    ciLow: Math.max(0, auc - half),
    ciHigh: Math.min(1, auc + half),
    standardError,
    method: "delong",
  };
}

/**
 * rocAucGroupingError returns how far AUC from grouped scores can be from AUC of the exact scores: half of the positive–negative pairs
 * that share a group. It is 0 where groups are distinct scores or hold one class. O(groups).
 */
export function rocAucGroupingError({ positives, negatives }: ScoreGroups): number {
  let shared = 0;
  let nPositive = 0;
  let nNegative = 0;
  for (let g = 0; g < positives.length; g++) {
    shared += positives[g]! * negatives[g]!;
    nPositive += positives[g]!;
    nNegative += negatives[g]!;
  }
  return nPositive === 0 || nNegative === 0 ? 0 : shared / 2 / nPositive / nNegative;
}
