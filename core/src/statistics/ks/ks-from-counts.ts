import { gridBinEnds } from "../grid/grid-bin.ts";
import type { NumericGrid } from "../grid/numeric-grid.ts";
import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { ksPValue } from "./ks-p-value.ts";
import type { KsValue } from "./ks-sorted.ts";

/**
 * ksFromGridCounts returns the Kolmogorov–Smirnov test from counts on a grid of the reference's quantiles.
 *
 * D is taken at the edges only, so it is a lower bound of the exact D; with 256 quantiles it lies about 0.05/√rows and hardly ever
 * more than 0.1/√rows below it, so within 0.0005 from 40,000 rows on (never more than the reference or window mass of one bin). Arguments: grid, gridBinCount counts a side.
 * Smallest sample: one value a side (`insufficient_data`); `not_defined` when the counts do not fit the grid. O(bins).
 * Source: Smirnov 1939.
 *
 * @example ksFromGridCounts(grid, countOnGrid(grid, reference), countOnGrid(grid, window));
 */
export function ksFromGridCounts(
  grid: NumericGrid,
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): Outcome<KsValue> {
  const ends = gridBinEnds(grid);
  if (reference.length !== ends.length + 1 || current.length !== ends.length + 1) {
    return notDefined(
      `${reference.length} and ${current.length} counts on a grid of ${ends.length + 1} bins`,
    );
  }
  const n = sum(reference);
  const m = sum(current);
  if (!(n > 0)) return insufficientData("the reference has no values");
  if (!(m > 0)) return insufficientData("the window has no values");
  let belowReference = 0;
  let belowCurrent = 0;
  let furthest = 0;
  let at: number | null = null;
  ends.forEach(({ end }, bin) => {
    belowReference += reference[bin]!;
    belowCurrent += current[bin]!;
    const distance = Math.abs(belowReference * m - belowCurrent * n);
    if (distance > furthest) {
      furthest = distance;
      at = end;
    }
  });
  const statistic = Math.min(1, furthest / n / m);
  const { pValue, method } = ksPValue(statistic, n, m);
  return { outcome: "ok", statistic, pValue, pValueMethod: method, at, referenceCount: n, currentCount: m };
}

function sum(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  return total;
}
