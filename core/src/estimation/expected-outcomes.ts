import { type ScoreHistogram, scoreBucketCenter } from "../performance/index.ts";
import { calibrateScore, type IsotonicCalibration, nearestPoint } from "./isotonic.ts";

/**
 * UnlabelledScores counts a window's predictions by score bucket and predicted class, labels or not, as parallel columns with ascending
 * buckets. SQL fills it with `sumMap([bucket], [weight * predicted], [weight * (1 - predicted)])` over `scoreBucket(score)`.
 */
export interface UnlabelledScores {
  buckets: number[];
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

/** expectedGroups returns the groups of a window's predictions, ascending by score. O(buckets log points). */
export function expectedGroups(window: UnlabelledScores, map: IsotonicCalibration): ExpectedGroup[] {
  return window.buckets.flatMap((bucket, i) => {
    const score = scoreBucketCenter(bucket);
    const probability = calibrateScore(map, score);
    const point = nearestPoint(map, score);
    const group = (rows: number, isPredictedPositive: boolean): ExpectedGroup[] =>
      rows > 0 ? [{ rows, score, probability, isPredictedPositive, point }] : [];
    return [...group(window.predictedNegative[i]!, false), ...group(window.predictedPositive[i]!, true)];
  });
}

/** unlabelledFromThreshold returns the counts of a histogram whose predicted class is score >= threshold, bucket by bucket. O(buckets). */
export function unlabelledFromThreshold(histogram: ScoreHistogram, threshold: number): UnlabelledScores {
  const rows = histogram.buckets.map((_, i) => histogram.positives[i]! + histogram.negatives[i]!);
  const isPositive = histogram.buckets.map((bucket) => scoreBucketCenter(bucket) >= threshold);
  return {
    buckets: histogram.buckets,
    predictedPositive: rows.map((n, i) => (isPositive[i] ? n : 0)),
    predictedNegative: rows.map((n, i) => (isPositive[i] ? 0 : n)),
  };
}
