import { lowerBound } from "../sorting/lower-bound.ts";
import { gridBinEnds } from "./grid-bin.ts";
import { type NumericGrid, quantileAtoms } from "./numeric-grid.ts";

/**
 * decileBins returns the coarse grid on which PSI stands: the distinct deciles as edges, repeated deciles as atoms.
 *
 * O(1). Source: `quantile_atoms` in the definitions of the golden numbers.
 *
 * @example decileBins({ edges: [7], atomEdges: [7], decileEdges: [7, 7, 7] }); // one edge, one atom: three bins
 */
export function decileBins(grid: NumericGrid): NumericGrid {
  const atomEdges = quantileAtoms(grid.decileEdges);
  return { edges: [...new Set(grid.decileEdges)], atomEdges, decileEdges: grid.decileEdges };
}

/**
 * decileCounts returns the counts of the PSI bins by adding up the counts of the fine grid bins inside them.
 *
 * Arguments: a grid and its gridBinCount counts. Result: one count per PSI bin (10 for a continuous column, 3 for a constant),
 * equal to counting the raw values, since deciles and atoms are grid edges. O(bins).
 *
 * @example decileCounts(grid, countOnGrid(grid, values)); // Float64Array of 10
 */
export function decileCounts(grid: NumericGrid, counts: ArrayLike<number>): Float64Array {
  const deciles = decileBins(grid);
  const result = new Float64Array(deciles.edges.length + deciles.atomEdges.length + 1);
  const ends = gridBinEnds(grid);
  for (let bin = 0; bin < counts.length; bin++) {
    const end = ends[bin]?.end ?? Number.POSITIVE_INFINITY;
    const atomsBelow = lowerBound(deciles.atomEdges, end);
    const isAtom = ends[bin]?.isClosed === true && deciles.atomEdges[atomsBelow] === end;
    const target = lowerBound(deciles.edges, end) + atomsBelow + (isAtom ? 1 : 0);
    result[target]! += counts[bin]!;
  }
  return result;
}

/** OutOfRangeCounts says how much of a window lies outside the reference's finite minimum and maximum. */
export type OutOfRangeCounts = { readonly below: number; readonly above: number };

/**
 * outOfRangeCounts returns how many values lie below the reference's minimum and above its maximum.
 *
 * Arguments: a grid from `createNumericGrid`, whose outer edges are the reference's extremes, and counts on it. O(1).
 *
 * @example outOfRangeCounts(grid, countOnGrid(grid, window)); // { below: 0, above: 12 }
 */
export function outOfRangeCounts(grid: NumericGrid, counts: ArrayLike<number>): OutOfRangeCounts {
  if (grid.edges.length === 0) return { below: 0, above: 0 };
  return { below: counts[0] ?? 0, above: counts[counts.length - 1] ?? 0 };
}
