import { insufficientData } from "../statistics/index.ts";
import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import { type Metric, undefinedMetric } from "./metric.ts";
import type { RegressionAggregate } from "./regression-aggregate.ts";

/**
 * determinationMetric returns R², the coefficient of determination 1 − Σe² / Σ(y − ȳ)², with a delta-method interval over the rows (e and y
 * random). Range −∞ to 1, higher is better; 0 is predicting the mean. Needs two rows; of a constant truth it is `not_defined` (by
 * scikit-learn's convention 1 if every prediction is right, else 0). O(1).
 */
export function determinationMetric(
  aggregate: RegressionAggregate,
  scale: number,
  level = DEFAULT_LEVEL,
): Metric {
  const n = aggregate.squaredError.count;
  if (!(n > 1)) return insufficientData("R² needs at least two labelled rows");
  const { truth, squaredError } = aggregate;
  const mean = truth.sum / n;
  const variance = truth.sumSquares / n - mean * mean;
  // Below the rounding of the sums themselves the truth counts as constant.
  if (!(variance > 1e-14 * (truth.sumSquares / n)) || variance === 0) {
    return undefinedMetric("the truth is constant", squaredError.sum === 0 ? 1 : 0);
  }
  const meanSquaredError = squaredError.sum / n;
  const ratio = meanSquaredError / variance;
  const fourth =
    truth.sumFourths / n -
    4 * mean * (truth.sumCubes / n) +
    6 * mean ** 2 * (truth.sumSquares / n) -
    3 * mean ** 4;
  const cross =
    truth.squaredErrorByTruthSquare / n -
    2 * mean * (truth.squaredErrorByTruth / n) +
    mean ** 2 * meanSquaredError;
  // Var of e² − ratio·(y − ȳ)²: the influence of one row on the numerator of R².
  const influence = squaredError.sumOfSquares / n - 2 * ratio * cross + ratio ** 2 * fourth;
  const standardError = Math.sqrt(Math.max(0, influence) / (n * scale)) / variance;
  const half = normalScale(level) * standardError;
  return {
    outcome: "ok",
    value: 1 - ratio,
    ciLow: 1 - ratio - half,
    ciHigh: Math.min(1, 1 - ratio + half),
    standardError,
    count: n * scale,
    method: "delta",
  };
}
