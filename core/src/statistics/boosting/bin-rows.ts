import { cleanColumn } from "../sorting/clean-column.ts";
import { lowerBound } from "../sorting/lower-bound.ts";
import { sortFloats } from "../sorting/radix-sort.ts";
import { quantileOfParts } from "../summary/quantile.ts";

const PARTS = 32;

/** BIN_COUNT is how many bins a feature has: "missing" and the parts, one of them open to each side. */
export const BIN_COUNT = PARTS + 2;

/** BinnedRows are rows cut into bins: row by row, for every feature the number of its bin among the bins of all features. */
export type BinnedRows = { readonly cells: Uint32Array; readonly features: number; readonly rows: number };

/**
 * binColumn cuts a feature into at most 32 bins of about equal size, missing values (NaN) in a bin of their own, 0. O(n log n).
 *
 * @example binColumn(Float64Array.of(1, 2, Number.NaN)); // Uint8Array [1, 2, 0] but for the numbers between
 */
export function binColumn(column: Float64Array): Uint8Array {
  return binBy(columnCuts(column), column);
}

/** columnCuts returns the upper edges that cut a feature into at most 32 bins of about equal size, in ascending order. O(n log n). */
export function columnCuts(column: Float64Array): Float64Array {
  const sorted = sortFloats(cleanColumn(column).values);
  const edges = new Set<number>();
  for (let k = 1; k < PARTS && sorted.length > 0; k++) edges.add(quantileOfParts(sorted, k, PARTS));
  return Float64Array.from(edges);
}

/** binBy returns the bin of each value by given cuts; 0 where it is missing. O(n). */
export function binBy(cuts: Float64Array, column: Float64Array): Uint8Array {
  return Uint8Array.from(column, (x) => (Number.isNaN(x) ? 0 : 1 + lowerBound(cuts, x)));
}

/**
 * tabulate returns the named rows of binned columns side by side, as trees read them. O(rows · features).
 *
 * @example tabulate([Uint8Array.of(1, 2)], Uint32Array.of(1)).cells; // Uint32Array [2]
 */
export function tabulate(columns: readonly Uint8Array[], rows: Uint32Array): BinnedRows {
  const features = columns.length;
  const cells = new Uint32Array(rows.length * features);
  columns.forEach((column, feature) => {
    for (let row = 0, at = feature; row < rows.length; row++, at += features) {
      cells[at] = feature * BIN_COUNT + column[rows[row]!]!;
    }
  });
  return { cells, features, rows: rows.length };
}
