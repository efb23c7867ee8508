import { binRows } from "./bin-rows.ts";
import type { BinnedRows } from "./histogram-tree.ts";
import { fisherZ, pairCorrelations } from "./pair-correlations.ts";

/**
 * changedPairs returns the `count` pairs of columns whose correlation differs most between two groups of rows, the most different first.
 *
 * Trees split by one column at a time and so are blind to pairs that changed only together; their products are not. Arguments: columns of one
 * length, two groups of row numbers. O(rows · columns²).
 *
 * @example changedPairs(columns, Uint32Array.of(0, 1, 2), Uint32Array.of(3, 4, 5), 1); // [[0, 1]]
 */
export function changedPairs(
  columns: readonly Float64Array[],
  first: Uint32Array,
  second: Uint32Array,
  count: number,
): (readonly [number, number])[] {
  if (count === 0) return [];
  const of = (rows: Uint32Array) =>
    pairCorrelations(columns.map((column) => Float64Array.from(rows, (row) => column[row]!)));
  const before = of(first);
  const after = of(second).correlations;
  return before.pairs
    .map((pair, i) => ({ pair, change: Math.abs(fisherZ(before.correlations[i]!) - fisherZ(after[i]!)) }))
    .sort((a, b) => b.change - a.change)
    .slice(0, count)
    .map(({ pair }) => pair);
}

/** withProducts returns binned rows with the binned product of each pair of columns appended. O(rows log rows · pairs). */
export function withProducts(
  binned: BinnedRows,
  columns: readonly Float64Array[],
  pairs: readonly (readonly [number, number])[],
): BinnedRows {
  if (pairs.length === 0) return binned;
  const products = pairs.map(([i, j]) => columns[i]!.map((x, row) => x * columns[j]![row]!));
  return { bins: [...binned.bins, ...binRows(products).bins], binCount: binned.binCount };
}
