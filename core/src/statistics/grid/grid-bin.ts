import { lowerBound } from "../sorting/lower-bound.ts";
import type { NumericGrid } from "./numeric-grid.ts";

/**
 * gridBinCount returns the number of bins of a grid: its edges, its atoms and one.
 *
 * O(1).
 *
 * @example gridBinCount({ edges: [1, 2], atomEdges: [2], decileEdges: [] }); // 4: (−∞,1] (1,2) [2,2] (2,∞)
 */
export function gridBinCount(grid: NumericGrid): number {
  return grid.edges.length + grid.atomEdges.length + 1;
}

/**
 * gridBinIndex returns the bin of a grid into which a number falls, 0 … gridBinCount − 1.
 *
 * Argument: any number but NaN; infinities fall into the outer bins. O(log edges).
 *
 * @example gridBinIndex({ edges: [1, 2], atomEdges: [2], decileEdges: [] }, 2); // 2
 */
export function gridBinIndex(grid: NumericGrid, x: number): number {
  const atomsBelow = lowerBound(grid.atomEdges, x);
  const isAtom = grid.atomEdges[atomsBelow] === x;
  return lowerBound(grid.edges, x) + atomsBelow + (isAtom ? 1 : 0);
}

/**
 * gridBinEnds returns the right end of every bin of a grid but the last, and whether the bin is closed there.
 *
 * An atom's value comes twice: open (the bin before it), then closed (its own bin). O(edges).
 *
 * @example gridBinEnds({ edges: [2], atomEdges: [2], decileEdges: [] }); // [{ end: 2, isClosed: false }, { end: 2, isClosed: true }]
 */
export function gridBinEnds(grid: NumericGrid): { end: number; isClosed: boolean }[] {
  const ends: { end: number; isClosed: boolean }[] = [];
  let atom = 0;
  for (const end of grid.edges) {
    const isAtom = end === grid.atomEdges[atom];
    if (isAtom) {
      ends.push({ end, isClosed: false });
      atom++;
    }
    ends.push({ end, isClosed: true });
  }
  return ends;
}
