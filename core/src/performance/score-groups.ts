/** ScoreGroups holds, for ascending distinct scores (exact or snapped), how many positive and negative rows share each. */
export interface ScoreGroups {
  positives: ArrayLike<number>;
  negatives: ArrayLike<number>;
}

/**
 * groupScores returns the exact score groups of rows: rows with equal scores share a group, groups ascend by score. `labels` are 0 or 1,
 * `scores` finite. O(n log n).
 *
 * @example groupScores([0, 1, 1], [0.2, 0.2, 0.9]) // positives [1, 1], negatives [1, 0]
 */
export function groupScores(labels: ArrayLike<number>, scores: ArrayLike<number>): ScoreGroups {
  const n = labels.length;
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  order.sort((a, b) => scores[a]! - scores[b]!);
  const positives: number[] = [];
  const negatives: number[] = [];
  let previous = Number.NaN;
  for (const row of order) {
    if (scores[row] !== previous) {
      positives.push(0);
      negatives.push(0);
      previous = scores[row]!;
    }
    if (labels[row] === 1) positives[positives.length - 1]! += 1;
    else negatives[negatives.length - 1]! += 1;
  }
  return { positives, negatives };
}
