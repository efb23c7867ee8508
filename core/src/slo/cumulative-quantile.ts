import type { LatencyQuantile } from "./latency-histogram.ts";

/** CumulativeBucket is one bucket of a Prometheus histogram: `count` events were at most `le`; the last `le` may be Infinity. */
export interface CumulativeBucket {
  le: number;
  count: number;
}

/**
 * cumulativeQuantile returns the q-quantile of a Prometheus-style cumulative histogram (upper bounds ascending), linear within a bucket
 * as `histogram_quantile` is. A rank in the unbounded last bucket is `beyond_last_bucket`, never the last bound pretending to be the
 * answer. The unit is that of `le`. O(buckets).
 *
 * @example cumulativeQuantile([{ le: 100, count: 90 }, { le: Infinity, count: 100 }], 0.95) // beyond_last_bucket, at least 100
 */
export function cumulativeQuantile(buckets: readonly CumulativeBucket[], q: number): LatencyQuantile {
  const count = buckets.at(-1)?.count ?? 0;
  if (!(count > 0)) return { outcome: "insufficient_data", reason: "the histogram is empty" };
  const rank = Math.min(1, Math.max(0, q)) * count;
  let below = 0;
  let lower = 0;
  for (const bucket of buckets) {
    if (bucket.count >= rank && bucket.count > below) {
      if (!Number.isFinite(bucket.le)) return { outcome: "beyond_last_bucket", atLeastMs: lower, count };
      const share = (rank - below) / (bucket.count - below);
      return {
        outcome: "ok",
        valueMs: lower + share * (bucket.le - lower),
        lowMs: lower,
        highMs: bucket.le,
        count,
      };
    }
    below = bucket.count;
    lower = bucket.le;
  }
  return { outcome: "insufficient_data", reason: "the cumulative counts descend" };
}
