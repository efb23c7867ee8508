import { gridBinEnds } from "../grid/grid-bin.ts";
import type { NumericGrid } from "../grid/numeric-grid.ts";
import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { finishWasserstein, type WassersteinValue } from "./wasserstein.ts";

/** GridSide is one side's counts on a grid with its smallest and largest finite value. */
export type GridSide = { readonly counts: ArrayLike<number>; readonly min: number; readonly max: number };

/**
 * wassersteinFromGridCounts returns the Wasserstein-1 distance from counts on a grid, values spread evenly within a bin.
 *
 * The outer bins reach to the smallest and largest value of either side. An estimate: exact in what lies between atoms at
 * edges, else within the mean bin width. Arguments: grid, a side each, the reference's population standard deviation.
 * Smallest sample: one value a side; `not_defined` for counts that do not fit or extremes that are not finite. O(bins).
 * Source: Vallender 1974.
 *
 * @example wassersteinFromGridCounts(grid, { counts, min: 0, max: 9 }, { counts: window, min: 1, max: 12 }, 2.5);
 */
export function wassersteinFromGridCounts(
  grid: NumericGrid,
  reference: GridSide,
  current: GridSide,
  referenceStandardDeviation: number,
): Outcome<WassersteinValue> {
  const ends = gridBinEnds(grid);
  const bins = ends.length + 1;
  if (reference.counts.length !== bins || current.counts.length !== bins) {
    return notDefined(
      `${reference.counts.length} and ${current.counts.length} counts on a grid of ${bins} bins`,
    );
  }
  const n = sum(reference.counts);
  const m = sum(current.counts);
  if (!(n > 0)) return insufficientData("the reference has no values");
  if (!(m > 0)) return insufficientData("the window has no values");
  let lowest = Math.min(reference.min, current.min);
  const highest = Math.max(reference.max, current.max, ends[ends.length - 1]?.end ?? lowest);
  lowest = Math.min(lowest, ends[0]?.end ?? lowest);
  if (!Number.isFinite(lowest) || !Number.isFinite(highest)) return notDefined("an extreme is not finite");
  let distance = 0;
  let left = lowest;
  let gapLeft = 0;
  for (let bin = 0; bin < bins; bin++) {
    const right = ends[bin]?.end ?? highest;
    const gapRight = gapLeft + reference.counts[bin]! / n - current.counts[bin]! / m;
    distance += (right - left) * meanAbsoluteOnLine(gapLeft, gapRight);
    gapLeft = gapRight;
    left = right;
  }
  return finishWasserstein(distance, referenceStandardDeviation);
}

// Mean of |g| while g runs straight from a to b; a change of sign leaves two triangles.
function meanAbsoluteOnLine(a: number, b: number): number {
  if (a * b >= 0) return Math.abs(a + b) / 2;
  return (a * a + b * b) / (2 * Math.abs(b - a));
}

function sum(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return total;
}
