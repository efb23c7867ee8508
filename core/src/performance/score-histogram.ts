import { mergeSparseColumns } from "./sparse-columns.ts";

/** SCORE_BUCKETS is the number of buckets of the fine score grid. */
export const SCORE_BUCKETS = 1024;

/**
 * ScoreHistogram counts rows by fine score bucket and class, as parallel columns with ascending buckets. SQL fills it with
 * `sumMap([bucket], [label], [1 - label])` over `bucket = least(1023, floor(asin(sqrt(score)) * 2 / pi() * 1024))`.
 */
export interface ScoreHistogram {
  buckets: number[];
  positives: number[];
  negatives: number[];
}

/**
 * scoreBucket returns the bucket 0..1023 of a probability. The grid is even in asin(√score), so it is about 2e-6 wide at 0 and 1 and
 * 1.5e-3 at one half: rare-event models, whose scores all lie near 0, keep their ranking. O(1).
 */
export function scoreBucket(score: number): number {
  return Math.min(
    SCORE_BUCKETS - 1,
    Math.floor(((Math.asin(Math.sqrt(score)) * 2) / Math.PI) * SCORE_BUCKETS),
  );
}

/** scoreBucketCenter returns the score in the middle of a bucket of the fine grid. O(1). */
export function scoreBucketCenter(bucket: number): number {
  return Math.sin((((bucket + 0.5) / SCORE_BUCKETS) * Math.PI) / 2) ** 2;
}

/** emptyScoreHistogram returns the histogram of no rows. */
export function emptyScoreHistogram(): ScoreHistogram {
  return { buckets: [], positives: [], negatives: [] };
}

/** mergeScoreHistograms returns the histogram of both sets of rows. O(buckets). */
export function mergeScoreHistograms(a: ScoreHistogram, b: ScoreHistogram): ScoreHistogram {
  const merged = mergeSparseColumns(a.buckets, [a.positives, a.negatives], b.buckets, [
    b.positives,
    b.negatives,
  ]);
  return { buckets: merged.keys, positives: merged.columns[0]!, negatives: merged.columns[1]! };
}
