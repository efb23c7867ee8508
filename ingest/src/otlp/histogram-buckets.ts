import type { TelemetrySample } from "@leeway/core/wire";
import type { ExponentialPoint, HistogramPoint } from "./export-request.ts";

type Buckets = NonNullable<TelemetrySample["buckets"]>;

/** explicitBuckets returns a histogram's counts as cumulative buckets up to each bound, or undefined where bounds and counts do not fit together. */
export function explicitBuckets({
  count,
  bucketCounts,
  explicitBounds,
}: HistogramPoint): Buckets | undefined {
  if (bucketCounts.length === 0 && explicitBounds.length === 0) return [{ le: "+Inf", count }];
  if (bucketCounts.length !== explicitBounds.length + 1) return undefined;
  let below = 0;
  return bucketCounts.map((inBucket, index) => {
    below += inBucket;
    return { le: explicitBounds[index] ?? "+Inf", count: below };
  });
}

/**
 * exponentialBuckets returns the cumulative buckets of an exponential histogram: bucket i of the positive range lies in (b^i, b^(i+1)],
 * of the negative one in [−b^(i+1), −b^i), with b = 2^(2^−scale); counts of zero lie between.
 */
export function exponentialBuckets(point: ExponentialPoint): Buckets {
  const bound = (index: number) => 2 ** (index * 2 ** -point.scale);
  const { positive, negative, zeroCount, zeroThreshold, count } = point;
  const buckets: Buckets = [];
  let below = 0;
  const add = (le: number, inBucket: number) => {
    below += inBucket;
    // Of a run of empty buckets the last bound says it all; scales are fine, and most buckets are empty.
    const [before, last] = [buckets.at(-2), buckets.at(-1)];
    if (inBucket === 0 && last?.count === below && (before?.count ?? 0) === below) buckets.pop();
    buckets.push({ le, count: below });
  };
  const counts = negative?.bucketCounts ?? [];
  for (let at = counts.length - 1; at >= 0; at--) add(-bound((negative?.offset ?? 0) + at), counts[at]!);
  if (zeroCount > 0 || buckets.length > 0) add(zeroThreshold, zeroCount);
  for (const [at, inBucket] of (positive?.bucketCounts ?? []).entries()) {
    add(bound((positive?.offset ?? 0) + at + 1), inBucket);
  }
  buckets.push({ le: "+Inf", count });
  return buckets;
}
