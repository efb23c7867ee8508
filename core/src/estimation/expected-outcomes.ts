import type { ScoreHistogram } from "../performance/index.ts";
import { calibrateScore, type IsotonicCalibration, nearestPoint } from "./isotonic.ts";

/**
 * UnlabelledScores counts a window's predictions by score and predicted class, labels or not, as parallel columns with ascending
 * scores. SQL fills it with `sumMap([key], [weight * predicted], [weight * (1 - predicted)])`, the key snapped as in ScoreHistogram
 * (exact scores are welcome, but not needed).
 */
export interface UnlabelledScores {
  scores: number[];
  predictedPositive: number[];
  predictedNegative: number[];
}

/**
 * ExpectedGroup is a group of predictions that share a score and a predicted class: how many there are, the score, the calibrated probability
 * that each is positive, and the calibration point behind it (−1 for none).
 */
export interface ExpectedGroup {
  rows: number;
  score: number;
  probability: number;
  isPredictedPositive: boolean;
  point: number;
}

/** expectedGroups returns the groups of a window's predictions, ascending by score. O(scores log points). */
export function expectedGroups(window: UnlabelledScores, map: IsotonicCalibration): ExpectedGroup[] {
  return window.scores.flatMap((score, i) => {
    const probability = calibrateScore(map, score);
    const point = nearestPoint(map, score);
    const group = (rows: number, isPredictedPositive: boolean): ExpectedGroup[] =>
      rows > 0 ? [{ rows, score, probability, isPredictedPositive, point }] : [];
    return [...group(window.predictedNegative[i]!, false), ...group(window.predictedPositive[i]!, true)];
  });
}

/** unlabelledFromThreshold returns the counts of a histogram whose predicted class is score >= threshold. O(scores). */
export function unlabelledFromThreshold(histogram: ScoreHistogram, threshold: number): UnlabelledScores {
  const rows = histogram.scores.map((_, i) => histogram.positives[i]! + histogram.negatives[i]!);
  const isPositive = histogram.scores.map((score) => score >= threshold);
  return {
    scores: histogram.scores,
    predictedPositive: rows.map((n, i) => (isPositive[i] ? n : 0)),
    predictedNegative: rows.map((n, i) => (isPositive[i] ? 0 : n)),
  };
}
