import { insufficientData } from "../statistics/index.ts";
import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import { type Metric, undefinedMetric } from "./metric.ts";
import { wilsonBounds } from "./proportion-metric.ts";
import type { ScoreGroups } from "./score-groups.ts";

/**
 * averagePrecision returns the area under the precision–recall curve as a step function, Σ (R_k − R_{k−1}) P_k over descending scores, as
 * scikit-learn does; null without both classes. Range: prevalence (chance) to 1, higher is better. O(groups).
 *
 * @example averagePrecision(groupScores([0, 1, 1, 0], [0.5, 0.5, 0.6, 0.4])) // 0.8333
 */
export function averagePrecision({
  positives,
  negatives,
}: ScoreGroups): { value: number; positives: number; negatives: number } | null {
  let nPositive = 0;
  let nNegative = 0;
  for (let g = 0; g < positives.length; g++) {
    nPositive += positives[g]!;
    nNegative += negatives[g]!;
  }
  if (nPositive === 0 || nNegative === 0) return null;
  let truePositives = 0;
  let flagged = 0;
  let value = 0;
  for (let g = positives.length - 1; g >= 0; g--) {
    truePositives += positives[g]!;
    flagged += positives[g]! + negatives[g]!;
    if (flagged > 0) value += (positives[g]! / nPositive) * (truePositives / flagged);
  }
  return { value, positives: nPositive, negatives: nNegative };
}

/**
 * prAucMetric returns average precision with the logit interval of Boyd, Eng & Page, "Area under the precision-recall curve", ECML 2013
 * (binomial variance over the positive rows, on the log-odds scale). At 0 or 1 the interval is Wilson's. O(groups).
 */
export function prAucMetric(groups: ScoreGroups, level = DEFAULT_LEVEL): Metric {
  if (groups.positives.length === 0) return insufficientData("no labelled rows with a score");
  const average = averagePrecision(groups);
  if (average === null) return undefinedMetric("all labels are of one class");
  const { value, positives } = average;
  const base = { outcome: "ok", value, count: positives + average.negatives } as const;
  const standardError = Math.sqrt((value * (1 - value)) / positives);
  if (value >= 1 || value <= 0) {
    const { low, high } = wilsonBounds(value * positives, positives, level);
    return { ...base, ciLow: low, ciHigh: high, standardError, method: "wilson" };
  }
  const logOdds = Math.log(value / (1 - value));
  const half = normalScale(level) / Math.sqrt(positives * value * (1 - value));
  const back = (x: number) => 1 / (1 + Math.exp(-x));
  return {
    ...base,
    ciLow: back(logOdds - half),
    ciHigh: back(logOdds + half),
    standardError,
    method: "binomial_logit",
  };
}
