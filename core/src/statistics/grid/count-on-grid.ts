import { gridBinCount } from "./grid-bin.ts";
import type { NumericGrid } from "./numeric-grid.ts";

/**
 * countOnGrid returns how many of the values fall into each bin of a grid.
 *
 * Arguments: a grid and a column; NaN counts as missing and is left out. Result: gridBinCount counts (whole numbers in
 * doubles). Sums of such counts over parts of a column equal the counts of the whole. O(n log edges).
 *
 * @example countOnGrid({ edges: [1], atomEdges: [], decileEdges: [] }, Float64Array.of(0, 1, 2)); // Float64Array [2, 1]
 */
export function countOnGrid(grid: NumericGrid, values: Float64Array): Float64Array {
  const edges = Float64Array.from(grid.edges);
  const atomsBefore = countAtomsBefore(grid);
  const counts = new Float64Array(gridBinCount(grid));
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (Number.isNaN(x)) continue;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (edges[middle]! < x) low = middle + 1;
      else high = middle;
    }
    const offset = atomsBefore[low]!;
    const isAtom = edges[low] === x && atomsBefore[low + 1]! > offset;
    counts[low + offset + (isAtom ? 1 : 0)]!++;
  }
  return counts;
}

// Entry i is the number of atoms among the first i edges.
function countAtomsBefore(grid: NumericGrid): Uint32Array {
  const atoms = new Set(grid.atomEdges);
  const before = new Uint32Array(grid.edges.length + 1);
  grid.edges.forEach((edge, i) => {
    before[i + 1] = before[i]! + (atoms.has(edge) ? 1 : 0);
  });
  return before;
}
