/**
 * LAST_DELAY_BUCKET takes every longer delay; bucket b covers (2^((b−1)/4), 2^(b/4)] seconds, so the last begins at about 34 years.
 */
export const LAST_DELAY_BUCKET = 120;

/**
 * labelDelayBucket returns the bucket 0..120 of a label's delay after its prediction, four buckets to the doubling (19 % wide); delays up
 * to a second, and labels older than their prediction, are bucket 0. SQL: `least(120, greatest(0, ceil(4 * log2(greatest(delay_ms, 1) / 1000))))`.
 * O(1).
 */
export function labelDelayBucket(delayMs: number): number {
  return Math.min(LAST_DELAY_BUCKET, Math.max(0, Math.ceil(4 * Math.log2(Math.max(delayMs, 1) / 1000))));
}

/** labelDelayBucketUpperMs returns the inclusive upper bound of a delay bucket in milliseconds. O(1). */
export function labelDelayBucketUpperMs(bucket: number): number {
  return 1000 * 2 ** (bucket / 4);
}
