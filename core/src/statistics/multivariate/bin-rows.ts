import { cleanColumn } from "../sorting/clean-column.ts";
import { lowerBound } from "../sorting/lower-bound.ts";
import { sortFloats } from "../sorting/radix-sort.ts";
import { quantileOfParts } from "../summary/quantile.ts";
import type { BinnedRows } from "./histogram-tree.ts";

/**
 * binRows cuts each feature into at most `parts` bins of about equal size, missing values (NaN) in a bin of their own.
 *
 * Arguments: columns of one length; parts in 2 … 254. O(n · features).
 *
 * @example binRows([Float64Array.of(1, 2, Number.NaN)], 2).bins[0]; // Uint8Array [1, 2, 0]
 */
export function binRows(columns: readonly Float64Array[], parts = 32): BinnedRows {
  const bins = columns.map((column) => {
    const sorted = sortFloats(cleanColumn(column).values);
    const edges = new Set<number>();
    for (let k = 1; k < parts && sorted.length > 0; k++) edges.add(quantileOfParts(sorted, k, parts));
    const cuts = [...edges];
    return Uint8Array.from(column, (x) => (Number.isNaN(x) ? 0 : 1 + lowerBound(cuts, x)));
  });
  return { bins, binCount: parts + 2 };
}
