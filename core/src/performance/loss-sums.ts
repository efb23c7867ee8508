import { insufficientData } from "../statistics/index.ts";
import { DEFAULT_LEVEL, studentScale } from "./interval-scale.ts";
import type { Metric } from "./metric.ts";

/**
 * LossSums is what a mean of per-row values and its standard error need: SQL computes `sum(weight)`,
 * `sum(weight * x)`, `sum(weight * x * x)`; the weight is 1 unless rows are sampled.
 */
export interface LossSums {
  count: number;
  sum: number;
  sumOfSquares: number;
}

/** emptyLossSums returns the sums of no rows. */
export function emptyLossSums(): LossSums {
  return { count: 0, sum: 0, sumOfSquares: 0 };
}

/** addLoss adds one row's value to `sums` in place; it is the only mutation, so that a loop over a million rows allocates nothing. */
export function addLoss(sums: LossSums, value: number, weight = 1): void {
  sums.count += weight;
  sums.sum += weight * value;
  sums.sumOfSquares += weight * value * value;
}

/** mergeLossSums returns the sums of both sets of rows. */
export function mergeLossSums(a: LossSums, b: LossSums): LossSums {
  return { count: a.count + b.count, sum: a.sum + b.sum, sumOfSquares: a.sumOfSquares + b.sumOfSquares };
}

/** meanOf returns the mean of the summed rows, NaN for none: call it only where `count` is known to be positive. */
export function meanOf(sums: LossSums): number {
  return sums.sum / sums.count;
}

/** sampleVariance returns the unbiased variance of the summed rows, 0 where fewer than two rows or rounding leave nothing. */
export function sampleVariance(sums: LossSums): number {
  if (sums.count < 2) return 0;
  const centered = sums.sumOfSquares - (sums.sum * sums.sum) / sums.count;
  return Math.max(0, centered / (sums.count - 1));
}

/**
 * meanMetric returns the mean of per-row values with Student's t interval, clipped to [minimum, maximum] of what the metric can be. One
 * row gives a value without an interval, none `insufficient_data`. O(1).
 *
 * @example meanMetric({ count: 4, sum: 2, sumOfSquares: 1.5 }, { reason: "no labels" }) // value 0.5
 */
export function meanMetric(
  sums: LossSums,
  options: { reason: string; minimum?: number; maximum?: number; level?: number },
): Metric {
  const {
    reason,
    minimum = Number.NEGATIVE_INFINITY,
    maximum = Number.POSITIVE_INFINITY,
    level = DEFAULT_LEVEL,
  } = options;
  if (!(sums.count > 0)) return insufficientData(reason);
  const value = meanOf(sums);
  const base = { outcome: "ok", value, count: sums.count } as const;
  if (sums.count < 2) return { ...base, ciLow: null, ciHigh: null, standardError: null, method: "none" };
  const standardError = Math.sqrt(sampleVariance(sums) / sums.count);
  const half = studentScale(level, sums.count - 1) * standardError;
  return {
    ...base,
    ciLow: Math.max(minimum, value - half),
    ciHigh: Math.min(maximum, value + half),
    standardError,
    method: "student_t",
  };
}

/** scaleLossSums returns the sums of `factor` times as many rows of the same distribution. */
export function scaleLossSums(sums: LossSums, factor: number): LossSums {
  return { count: sums.count * factor, sum: sums.sum * factor, sumOfSquares: sums.sumOfSquares * factor };
}
