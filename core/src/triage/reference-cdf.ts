import type { ReferenceFeature } from "../records/index.ts";
import { gridBinEnds } from "../statistics/index.ts";

/** NumericReference is the numeric half of a reference feature: its grid, counts and moments. */
export type NumericReference = NonNullable<ReferenceFeature["numeric"]>;

/**
 * createReferenceCdf returns the reference's distribution function, linear between the ends of its grid bins; 0 below its minimum, 1 above
 * its maximum. Building is O(bins), each call O(log bins).
 */
export function createReferenceCdf(numeric: NumericReference): (x: number) => number {
  const ends = gridBinEnds(numeric.grid);
  const total = numeric.counts.reduce((sum, count) => sum + count, 0);
  const positions = ends.map(({ end }) => end);
  let below = 0;
  const cumulative = ends.map((_, bin) => {
    below += numeric.counts[bin] ?? 0;
    return total > 0 ? below / total : 0;
  });
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
