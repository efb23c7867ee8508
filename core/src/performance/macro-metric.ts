import type { ConfusionMatrix } from "./confusion-matrix.ts";
import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import type { Metric } from "./metric.ts";

/** MacroScore names a per-class score that is averaged over classes. */
export type MacroScore = "precision" | "recall" | "f1";

/**
 * macroMetric returns the mean over classes of a per-class score (0 where it is 0/0, as scikit-learn has it), plain or weighted by the
 * classes' true rows, with a delta-method interval over the multinomial confusion counts. Range 0 to 1. O(classes²).
 */
export function macroMetric(
  matrix: ConfusionMatrix,
  score: MacroScore,
  options: { weighting?: "plain" | "support"; level?: number } = {},
): Metric {
  const { weighting = "plain", level = DEFAULT_LEVEL } = options;
  const size = matrix.classes.length;
  const weightOf = (c: number) => (weighting === "plain" ? 1 / size : matrix.truthTotals[c]! / matrix.total);
  // A score is 'a·hit / (b·truth + c·predicted)'; its derivative by the count in cell (i, j) has three parts.
  const [onTruth, onPredicted] = score === "precision" ? [0, 1] : score === "recall" ? [1, 0] : [1, 1];
  let value = 0;
  const byHit = new Array<number>(size).fill(0);
  const byTotal = new Array<number>(size).fill(0);
  for (let c = 0; c < size; c++) {
    const hits = (onTruth + onPredicted) * matrix.counts[c]![c]!;
    const rows = onTruth * matrix.truthTotals[c]! + onPredicted * matrix.predictedTotals[c]!;
    if (rows === 0) continue;
    value += weightOf(c) * (hits / rows);
    byHit[c] = (weightOf(c) * (onTruth + onPredicted)) / rows;
    byTotal[c] = (-weightOf(c) * hits) / rows ** 2;
  }
  let mean = 0;
  let square = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const share = matrix.counts[i]![j]! / matrix.total;
      if (share === 0) continue;
      const gradient = (i === j ? byHit[i]! : 0) + onTruth * byTotal[i]! + onPredicted * byTotal[j]!;
      mean += share * gradient;
      square += share * gradient * gradient;
    }
  }
  // The scores do not change when all counts scale, so the gradient by counts times n is the gradient by shares.
  const standardError = Math.sqrt(Math.max(0, square - mean * mean) * matrix.total);
  const half = normalScale(level) * standardError;
  return {
    outcome: "ok",
    value,
    ciLow: Math.max(0, value - half),
    ciHigh: Math.min(1, value + half),
    standardError,
    count: matrix.total,
    method: "delta",
  };
}
