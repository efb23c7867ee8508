import { insufficientData, type Outcome } from "../outcome.ts";

/** Summary holds the moments of one column of finite numbers. */
export type Summary = {
  count: number;
  mean: number;
  /** null where it exceeds the largest double. */
  sum: number | null;
  min: number;
  max: number;
  /** Root mean squared deviation, divisor n. */
  populationStandardDeviation: number;
  /** Divisor n − 1; null for one value. */
  sampleStandardDeviation: number | null;
  /** Third standardised moment, biased; null for a constant. */
  skewness: number | null;
  /** Fourth standardised moment minus 3, biased; null for a constant. */
  excessKurtosis: number | null;
  distinct: number;
  /** Values that are ±Infinity, left out of everything else. */
  infinite: number;
};

/**
 * summarize returns count, mean, spread, shape and extremes of ascending numbers, computed in two passes around the mean.
 *
 * Deviations are scaled by the largest, so offsets of 1e9 and magnitudes of 1e±300 keep their digits.
 * Argument: ascending numbers without NaN; infinities are counted and left out. Units: those of the values; skewness and kurtosis
 * have none. Smallest sample: one finite value (`insufficient_data`). O(n). Source: Chan, Golub & LeVeque 1983.
 *
 * @example summarize(sortFloats(Float64Array.of(1, 2, 3, 4))); // mean 2.5, populationStandardDeviation 1.118…
 */
export function summarize(ascending: Float64Array): Outcome<Summary> {
  const finite = finitePart(ascending);
  const count = finite.length;
  if (count === 0) return insufficientData("no finite values");
  const min = finite[0]!;
  const max = finite[count - 1]!;
  const mean = meanOf(finite);
  const sum = compensatedSum(finite);
  const moments = centralMoments(finite, mean);
  const isConstant = min === max || moments.second === 0;
  return {
    outcome: "ok",
    count,
    mean,
    sum: Number.isFinite(sum) ? sum : null,
    min,
    max,
    populationStandardDeviation: isConstant ? 0 : moments.scale * Math.sqrt(moments.second),
    sampleStandardDeviation:
      count < 2 ? null : isConstant ? 0 : moments.scale * Math.sqrt((moments.second * count) / (count - 1)),
    skewness: isConstant ? null : moments.third / moments.second ** 1.5,
    excessKurtosis: isConstant ? null : moments.fourth / (moments.second * moments.second) - 3,
    distinct: countDistinct(finite),
    infinite: ascending.length - count,
  };
}

/**
 * meanOf returns the arithmetic mean, by compensated summation scaled against overflow; 0 for no values.
 *
 * O(n). Source: Neumaier 1974.
 *
 * @example meanOf(Float64Array.of(1e308, 1e308)); // 1e308
 */
export function meanOf(values: Float64Array): number {
  if (values.length === 0) return 0;
  const direct = compensatedSum(values) / values.length;
  if (Number.isFinite(direct)) return direct;
  return compensatedSum(values.map((value) => value / values.length));
}

/**
 * compensatedSum returns the sum with the rounding errors added back, as exact as if computed in twice the precision.
 *
 * May overflow to an infinity as the plain sum would. O(n). Source: Neumaier 1974.
 *
 * @example compensatedSum(Float64Array.of(1, 1e100, 1, -1e100)); // 2
 */
export function compensatedSum(values: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  const corrected = sum + lost;
  return Number.isNaN(corrected) ? sum : corrected;
}

function finitePart(ascending: Float64Array): Float64Array {
  let from = 0;
  let to = ascending.length;
  while (from < to && ascending[from] === Number.NEGATIVE_INFINITY) from++;
  while (to > from && ascending[to - 1] === Number.POSITIVE_INFINITY) to--;
  return ascending.subarray(from, to);
}

type CentralMoments = { scale: number; second: number; third: number; fourth: number };

// Moments of (x − mean)/scale with scale a power of two near the largest deviation, so no power of it overflows or vanishes.
function centralMoments(values: Float64Array, mean: number): CentralMoments {
  const largest = Math.max(mean / 2 - values[0]! / 2, values[values.length - 1]! / 2 - mean / 2);
  if (!(largest > 0)) return { scale: 0, second: 0, third: 0, fourth: 0 };
  const half = 2 ** Math.max(-1022, Math.min(1022, Math.floor(Math.log2(largest))));
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! / half - mean / half;
    const square = deviation * deviation;
    first += deviation;
    second += square;
    third += square * deviation;
    fourth += square * square;
  }
  const n = values.length;
  // The mean is itself rounded; its error is taken out of the second moment.
  const shift = first / n;
  return { scale: half, second: second / n - shift * shift, third: third / n, fourth: fourth / n };
}

function countDistinct(ascending: Float64Array): number {
  let distinct = 0;
  for (let i = 0; i < ascending.length; i++) {
    if (i === 0 || ascending[i] !== ascending[i - 1]) distinct++;
  }
  return distinct;
}
