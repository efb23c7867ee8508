/** IsotonicCalibration maps scores to probabilities: linear between the points, flat beyond them. `scores` ascend, `probabilities` do not descend. */
export interface IsotonicCalibration {
  scores: number[];
  probabilities: number[];
  /** Labelled rows behind each point: how sure its probability is. */
  rows: number[];
}

/** LabelledScores are ascending scores with the positive and all labelled rows at each. */
export interface LabelledScores {
  scores: ArrayLike<number>;
  positives: ArrayLike<number>;
  rows: ArrayLike<number>;
}

/**
 * fitIsotonic returns the non-decreasing calibration that is closest to the labels in the least-squares sense, by pooling adjacent violators.
 * Each pool is a point at its mean score. Empty input gives an empty calibration, which leaves scores as they are.
 * Sources: Ayer et al., Annals of Mathematical Statistics 26 (1955); Zadrozny & Elkan, KDD 2002. O(n).
 *
 * @example fitIsotonic({ scores: [0.1, 0.4, 0.8], positives: [1, 0, 1], rows: [2, 2, 1] }) // points at 0.25 and 0.8: 0.25 and 1
 */
export function fitIsotonic({ scores, positives, rows }: LabelledScores): IsotonicCalibration {
  const pools: { scoreSum: number; positives: number; rows: number }[] = [];
  for (let i = 0; i < scores.length; i++) {
    if (!(rows[i]! > 0)) continue;
    pools.push({ scoreSum: scores[i]! * rows[i]!, positives: positives[i]!, rows: rows[i]! });
    while (pools.length > 1) {
      const last = pools[pools.length - 1]!;
      const before = pools[pools.length - 2]!;
      if (before.positives / before.rows < last.positives / last.rows) break;
      pools.pop();
      before.scoreSum += last.scoreSum;
      before.positives += last.positives;
      before.rows += last.rows;
    }
  }
  return {
    scores: pools.map((pool) => pool.scoreSum / pool.rows),
    probabilities: pools.map((pool) => pool.positives / pool.rows),
    rows: pools.map((pool) => pool.rows),
  };
}

/** calibrateScore returns the calibrated probability of a score; an empty calibration returns the score itself. O(log points). */
export function calibrateScore(calibration: IsotonicCalibration, score: number): number {
  const { scores, probabilities } = calibration;
  if (scores.length === 0) return score;
  const i = firstPointAbove(calibration, score);
  if (i === 0) return probabilities[0]!;
  if (i === scores.length) return probabilities[i - 1]!;
  const share = (score - scores[i - 1]!) / (scores[i]! - scores[i - 1]!);
  return probabilities[i - 1]! + share * (probabilities[i]! - probabilities[i - 1]!);
}

/** nearestPoint returns the index of the calibration's point nearest to a score, −1 for an empty calibration. O(log points). */
export function nearestPoint(calibration: IsotonicCalibration, score: number): number {
  const { scores } = calibration;
  if (scores.length === 0) return -1;
  const i = firstPointAbove(calibration, score);
  if (i === 0) return 0;
  if (i === scores.length) return i - 1;
  return score - scores[i - 1]! < scores[i]! - score ? i - 1 : i;
}

function firstPointAbove({ scores }: IsotonicCalibration, score: number): number {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scores[middle]! <= score) low = middle + 1;
    else high = middle;
  }
  return low;
}
