import type { HistogramBucket } from "../../events/types.ts";
import type { Series } from "../exposition/exposition.ts";

/** Histogram is a whole histogram as it is sent: cumulative counts up to each bound, the last one open. */
export interface Histogram {
  readonly buckets: readonly HistogramBucket[];
  readonly sum: number | undefined;
  readonly count: number;
}

/** The server takes so many buckets of one histogram. */
const MOST_BUCKETS = 512;

/**
 * wholeHistogram returns a series' histogram in the quantity's unit: bounds in order, each once, closed by the open one. Undefined where the counts
 * fall from one bound to the next, since such a histogram was read while it changed. O(buckets log buckets).
 */
export function wholeHistogram(series: Series, factor: number): Histogram | undefined {
  const counts = new Map<number, number>();
  for (const [bound, count] of series.buckets ?? []) {
    counts.set(bound, Math.max(counts.get(bound) ?? 0, Math.round(count)));
  }
  const infinity = counts.get(Number.POSITIVE_INFINITY);
  counts.delete(Number.POSITIVE_INFINITY);
  const finite = [...counts].sort(([a], [b]) => a - b);
  const count =
    infinity ?? (series.count === undefined ? (finite.at(-1)?.[1] ?? 0) : Math.round(series.count));
  let below = 0;
  for (const [bound, upTo] of [...finite, [Number.POSITIVE_INFINITY, count] as const]) {
    if (!(upTo >= below) || !Number.isSafeInteger(upTo) || bound === Number.NEGATIVE_INFINITY)
      return undefined;
    below = upTo;
  }
  const buckets: HistogramBucket[] = thinned(finite).map(([bound, upTo]) => ({
    le: factor === 1 ? bound : inUnit(bound * factor),
    count: upTo,
  }));
  buckets.push({ le: "+Inf", count });
  const sum =
    series.sum === undefined || !Number.isFinite(series.sum) ? undefined : inUnit(series.sum * factor);
  return { buckets, sum, count };
}

// A product such as 0.1 × 3 is meant to be 0.3: bounds of replicas must be equal to be added up.
function inUnit(value: number): number {
  return Number(value.toPrecision(12));
}

// Counts are cumulative, so that a bound left out only makes the histogram coarser.
function thinned(finite: readonly [number, number][]): readonly [number, number][] {
  const step = Math.ceil(finite.length / (MOST_BUCKETS - 1));
  return step <= 1 ? finite : finite.filter((_, index) => (finite.length - 1 - index) % step === 0);
}
