import { countOnGrid } from "../grid/count-on-grid.ts";
import { decileBins, decileCounts } from "../grid/decile-counts.ts";
import { type NumericGrid, quantileEdges } from "../grid/numeric-grid.ts";
import type { Outcome } from "../outcome.ts";
import { cleanColumn } from "../sorting/clean-column.ts";
import { sortFloats } from "../sorting/radix-sort.ts";
import { type PsiValue, psiFromCounts } from "./psi-from-counts.ts";

/** MissingCounts is how many values are missing on each side. */
export type MissingCounts = { readonly reference: number; readonly current: number };

/**
 * withMissingBin returns the counts of both sides with a bin for missing values where either side has any.
 *
 * O(bins).
 *
 * @example withMissingBin([5], [4], { reference: 0, current: 1 }); // { reference: [5, 0], current: [4, 1] }
 */
export function withMissingBin(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  missing: MissingCounts,
): { reference: number[]; current: number[] } {
  const hasMissing = missing.reference > 0 || missing.current > 0;
  return {
    reference: [...Array.from(reference), ...(hasMissing ? [missing.reference] : [])],
    current: [...Array.from(current), ...(hasMissing ? [missing.current] : [])],
  };
}

/**
 * psiFromGridCounts returns the PSI of a numeric feature from counts on its grid, equal to the PSI of the raw values.
 *
 * Arguments: the reference's grid, gridBinCount counts a side, missing values a side (their own bin where either has any).
 * Range, errors and source as `psiFromCounts`. O(bins).
 *
 * @example psiFromGridCounts(grid, referenceCounts, windowCounts, { reference: 0, current: 3 });
 */
export function psiFromGridCounts(
  grid: NumericGrid,
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  missing: MissingCounts = { reference: 0, current: 0 },
): Outcome<PsiValue> {
  const sides = withMissingBin(decileCounts(grid, reference), decileCounts(grid, current), missing);
  return psiFromCounts(sides.reference, sides.current);
}

/**
 * numericPsi returns the population stability index of a numeric column against its reference, on the reference's deciles.
 *
 * Bins: the nine deciles of the reference (type 7), closed on the right, outer bins open; a value that is several deciles is a
 * bin of its own; missing values (NaN, null) a bin of their own where either side has any.
 * Arguments: two columns in any order. Smallest sample: one value a side. Range, errors, source as `psiFromCounts`.
 * O(n + m).
 *
 * @example numericPsi([1, 2, 3, 4, 5], [3, 4, 5, 6, 7]);
 */
export function numericPsi(
  reference: ArrayLike<number | null>,
  current: ArrayLike<number | null>,
): Outcome<PsiValue> {
  const referenceColumn = cleanColumn(reference);
  const currentColumn = cleanColumn(current);
  const decileEdges = quantileEdges(sortFloats(referenceColumn.values), 10);
  const grid = decileBins({ edges: [], atomEdges: [], decileEdges });
  const sides = withMissingBin(
    countOnGrid(grid, referenceColumn.values),
    countOnGrid(grid, currentColumn.values),
    { reference: referenceColumn.missing, current: currentColumn.missing },
  );
  return psiFromCounts(sides.reference, sides.current);
}
