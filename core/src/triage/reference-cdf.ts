import type { ReferenceFeature } from "../records/index.ts";
import { gridBinEnds } from "../statistics/index.ts";

/** NumericReference is the numeric half of a reference feature: its grid, counts and moments. */
export type NumericReference = NonNullable<ReferenceFeature["numeric"]>;

/**
 * createReferenceCdf returns the reference's distribution function, linear between the ends of its grid bins; 0 below its minimum, 1 above
 * its maximum. Building is O(bins), each call O(log bins).
 */
export function createReferenceCdf(numeric: NumericReference): (x: number) => number {
  const positions = gridBinEnds(numeric.grid).map(({ end }) => end);
  const total = numeric.counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  const cumulative = positions.map((_, bin) => {
    below += numeric.counts[bin] ?? 0;
    return total > 0 ? below / total : 0;
  });
  return linearBetween(positions, cumulative);
}

/** createQuantileCdf returns the distribution function through a minimum, equally spaced quantiles and a maximum, ascending. Each call is O(log quantiles). */
export function createQuantileCdf(quantiles: readonly number[]): (x: number) => number {
  return linearBetween(
    quantiles,
    quantiles.map((_, i) => i / (quantiles.length - 1)),
  );
}

/** decileMisfit returns the mean distance between a distribution function and a window's deciles: 0 where they are the function's own, 0.5 where all lie outside. O(deciles · log bins). */
export function decileMisfit(cdf: (x: number) => number, deciles: readonly number[]): number {
  return deciles.reduce((sum, decile, i) => sum + Math.abs(cdf(decile) - (i + 1) / 10), 0) / deciles.length;
}

function linearBetween(positions: readonly number[], cumulative: readonly number[]): (x: number) => number {
  return (x) => {
    let low = 0;
    let high = positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (positions[middle]! <= x) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return 0;
    if (low === positions.length) return 1;
    const left = positions[low - 1]!;
    const right = positions[low]!;
    const share = right > left ? (x - left) / (right - left) : 1;
    return cumulative[low - 1]! + share * (cumulative[low]! - cumulative[low - 1]!);
  };
}
