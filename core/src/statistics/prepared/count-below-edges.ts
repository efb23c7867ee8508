import { gridBinEnds } from "../grid/grid-bin.ts";
import type { NumericGrid } from "../grid/numeric-grid.ts";
import { lowerBound, upperBound } from "../sorting/lower-bound.ts";
import { type CellMap, cellOf } from "./cell-map.ts";
import { COMPARE, type WatchedCells } from "./watched-cells.ts";
import type { WindowCells } from "./window-cells.ts";

/**
 * countBelowEdges returns a window's counts in the PSI bins, from whole cells and the values of the cells that hold an edge.
 *
 * Equal to counting every value. O(edges · log rows).
 *
 * @example countBelowEdges(reference.psiBins, map, cells, watched, values); // Float64Array of 10
 */
export function countBelowEdges(
  bins: NumericGrid,
  map: CellMap,
  window: WindowCells,
  watched: WatchedCells,
  values: Float64Array,
): Float64Array {
  const ends = gridBinEnds(bins);
  const counts = new Float64Array(ends.length + 1);
  let before = 0;
  ends.forEach(({ end, isClosed }, bin) => {
    const upTo = countUpTo(end, isClosed, map, window, watched, values);
    counts[bin] = upTo - before;
    before = upTo;
  });
  counts[ends.length] = window.count - before;
  return counts;
}

function countUpTo(
  end: number,
  isClosed: boolean,
  map: CellMap,
  window: WindowCells,
  watched: WatchedCells,
  values: Float64Array,
): number {
  const cell = cellOf(end, map);
  const pivot = watched.pivots[cell]!;
  const isPivotWithin = pivot < end || (isClosed && pivot === end);
  const earlier = window.starts[cell]! + (isPivotWithin ? watched.equal[cell]! : 0);
  if (watched.action[cell] === COMPARE) return earlier + watched.below[cell]!;
  // Collected values of earlier cells also lie below the edge; they are already in `earlier`.
  const position = isClosed ? upperBound(values, end) : lowerBound(values, end);
  return earlier + position - collectedBefore(cell, map, values);
}

function collectedBefore(cell: number, map: CellMap, values: Float64Array): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cellOf(values[middle]!, map) < cell) low = middle + 1;
    else high = middle;
  }
  return low;
}
