import type { ConfusionMatrix } from "./confusion-matrix.ts";
import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import { type Metric, undefinedMetric } from "./metric.ts";

/**
 * cohenKappaMetric returns Cohen's kappa, agreement beyond chance (p_o − p_e) / (1 − p_e), with the large-sample interval of Fleiss,
 * Cohen & Everitt, Psychological Bulletin 72 (1969). Range −1 to 1; `not_defined` where chance alone agrees always. O(classes²).
 */
export function cohenKappaMetric(matrix: ConfusionMatrix, level = DEFAULT_LEVEL): Metric {
  const { counts, truthTotals, predictedTotals, total, classes } = matrix;
  let observed = 0;
  let expected = 0;
  classes.forEach((_, c) => {
    observed += counts[c]![c]! / total;
    expected += (truthTotals[c]! / total) * (predictedTotals[c]! / total);
  });
  if (expected >= 1) return undefinedMetric("labels and predictions are all of one class");
  const kappa = (observed - expected) / (1 - expected);
  let agreeing = 0;
  let disagreeing = 0;
  classes.forEach((_, i) => {
    classes.forEach((__, j) => {
      const share = counts[i]![j]! / total;
      if (i === j) {
        agreeing += share * (1 - ((truthTotals[i]! + predictedTotals[i]!) / total) * (1 - kappa)) ** 2;
      } else {
        disagreeing += share * (((predictedTotals[i]! + truthTotals[j]!) / total) * (1 - kappa)) ** 2;
      }
    });
  });
  const inner = agreeing + disagreeing - (kappa - expected * (1 - kappa)) ** 2;
  const standardError = Math.sqrt(Math.max(0, inner) / total) / (1 - expected);
  const half = normalScale(level) * standardError;
  return {
    outcome: "ok",
    value: kappa,
    ciLow: Math.max(-1, kappa - half),
    ciHigh: Math.min(1, kappa + half),
    standardError,
    count: total,
    method: "delta",
  };
}

/**
 * multiclassMatthewsMetric returns the multiclass Matthews correlation coefficient (Gorodkin 2004), without an interval. Range −1 to 1;
 * `not_defined` (by convention 0) where labels or predictions are all of one class. O(classes).
 */
export function multiclassMatthewsMetric(matrix: ConfusionMatrix): Metric {
  const { counts, truthTotals, predictedTotals, total, classes } = matrix;
  let hits = 0;
  let both = 0;
  let truthSquares = 0;
  let predictedSquares = 0;
  classes.forEach((_, c) => {
    hits += counts[c]![c]!;
    both += truthTotals[c]! * predictedTotals[c]!;
    truthSquares += truthTotals[c]! ** 2;
    predictedSquares += predictedTotals[c]! ** 2;
  });
  const scale = Math.sqrt(total * total - predictedSquares) * Math.sqrt(total * total - truthSquares);
  if (!(scale > 0)) return undefinedMetric("labels or predictions are all of one class", 0);
  const value = (hits * total - both) / scale;
  return {
    outcome: "ok",
    value,
    ciLow: null,
    ciHigh: null,
    standardError: null,
    count: total,
    method: "none",
  };
}
