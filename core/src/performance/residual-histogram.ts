import { insufficientData } from "../statistics/index.ts";
import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import type { Metric } from "./metric.ts";
import { mergeSparseColumns } from "./sparse-columns.ts";

/**
 * ResidualHistogram counts residuals (prediction − truth) in signed logarithmic buckets, as parallel columns with ascending buckets. SQL
 * fills it with `sumMap([bucket], [weight])` over
 * `bucket = if(abs(r) < 1e-12, 0, sign(r) * (1400 + ceil(log(abs(r)) / log(1.02))))`.
 */
export interface ResidualHistogram {
  buckets: number[];
  counts: number[];
}

const GROWTH = 1.02;
const SMALLEST = 1e-12;
// ceil(log(1e-12) / log(1.02)) is −1395: with this offset every residual that is not 0 has a bucket of its own sign.
const OFFSET = 1400;

/** RESIDUAL_RELATIVE_ERROR is how far a quantile from the histogram can be from the exact one, relative to its size: 1 %. */
export const RESIDUAL_RELATIVE_ERROR = (GROWTH - 1) / (GROWTH + 1);

/** residualBucket returns the bucket of a residual: 0 below 1e-12, else of the residual's sign. O(1). */
export function residualBucket(residual: number): number {
  const size = Math.abs(residual);
  if (size < SMALLEST) return 0;
  return Math.sign(residual) * (OFFSET + Math.ceil(Math.log(size) / Math.log(GROWTH)));
}

/** residualBucketCenter returns the residual in the middle of a bucket, in the sense of relative error. O(1). */
export function residualBucketCenter(bucket: number): number {
  if (bucket === 0) return 0;
  return (Math.sign(bucket) * 2 * GROWTH ** (Math.abs(bucket) - OFFSET)) / (GROWTH + 1);
}

/** mergeResidualHistograms returns the histogram of both sets of rows. O(buckets). */
export function mergeResidualHistograms(a: ResidualHistogram, b: ResidualHistogram): ResidualHistogram {
  const merged = mergeSparseColumns(a.buckets, [a.counts], b.buckets, [b.counts]);
  return { buckets: merged.keys, counts: merged.columns[0]! };
}

/**
 * residualQuantileMetric returns the q-quantile of residuals within 1 % of its size, with the distribution-free interval of order
 * statistics (binomial ranks, normal approximation). O(buckets).
 */
export function residualQuantileMetric(
  histogram: ResidualHistogram,
  q: number,
  level = DEFAULT_LEVEL,
): Metric {
  const count = histogram.counts.reduce((sum, n) => sum + n, 0);
  if (!(count > 0)) return insufficientData("no labelled rows with a predicted value");
  const half = normalScale(level) * Math.sqrt(count * q * (1 - q));
  const at = (rank: number) => residualAtRank(histogram, Math.min(count, Math.max(0, rank)));
  return {
    outcome: "ok",
    value: at(q * (count - 1) + 0.5),
    ciLow: at(q * count - half),
    ciHigh: at(q * count + half + 1),
    standardError: null,
    count,
    method: "order_statistics",
  };
}

function residualAtRank(histogram: ResidualHistogram, rank: number): number {
  let below = 0;
  for (let i = 0; i < histogram.buckets.length; i++) {
    below += histogram.counts[i]!;
    if (below >= rank) return residualBucketCenter(histogram.buckets[i]!);
  }
  return residualBucketCenter(histogram.buckets.at(-1)!);
}
