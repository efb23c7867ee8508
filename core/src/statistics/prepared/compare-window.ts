import { countOnGrid } from "../grid/count-on-grid.ts";
import { ksPValue } from "../ks/ks-p-value.ts";
import { type KsValue, ksSorted } from "../ks/ks-sorted.ts";
import { insufficientData, type Outcome } from "../outcome.ts";
import { withMissingBin } from "../psi/numeric-psi.ts";
import { type PsiValue, psiFromCounts } from "../psi/psi-from-counts.ts";
import { cleanColumn } from "../sorting/clean-column.ts";
import { sortFloats } from "../sorting/radix-sort.ts";
import { countBelowEdges } from "./count-below-edges.ts";
import { furthestApart } from "./furthest-apart.ts";
import type { PreparedReference } from "./prepared-reference.ts";
import { selectCells, valuesInCells } from "./watched-cells.ts";
import { countWindowCells } from "./window-cells.ts";

/** WindowComparison is the exact PSI and KS of one window column against a prepared reference. */
export type WindowComparison = { psi: Outcome<PsiValue>; ks: Outcome<KsValue>; missing: number };

/**
 * compareWindow returns exact PSI and Kolmogorov–Smirnov of a window column against a prepared reference without sorting it.
 *
 * Counts the window into the reference's cells; only cells that hold a decile or could hold the largest distance are sorted.
 * The values equal `numericPsi` and `kolmogorovSmirnov` on the same columns; only `at` may be a neighbouring value. Argument: the window, NaN for missing; may be empty.
 * O(rows + cells), measured at about 5 ns a row; O(rows) with a radix sort where the reference's range admits no cells.
 *
 * @example compareWindow(prepared, Float64Array.of(1, 2, 3)).ks;
 */
export function compareWindow(reference: PreparedReference, window: Float64Array): WindowComparison {
  if (reference.cells === null) return compareSorted(reference, window);
  const map = reference.cells;
  const cells = countWindowCells(map, window);
  if (cells.count === 0) {
    return {
      psi: psiOf(reference, new Float64Array(reference.psiCounts.length), cells.missing),
      ks: insufficientData("the window has no values"),
      missing: cells.missing,
    };
  }
  const watched = selectCells(reference, map, cells);
  const values = valuesInCells(watched, cells, window);
  const counts = countBelowEdges(reference.psiBins, map, cells, watched, values);
  const { numerator, at } = furthestApart(reference.sorted, map, cells, watched, values);
  const n = reference.sorted.length;
  const m = cells.count;
  const statistic = numerator / n / m;
  const { pValue, method } = ksPValue(statistic, n, m);
  return {
    psi: psiOf(reference, counts, cells.missing),
    ks: { outcome: "ok", statistic, pValue, pValueMethod: method, at, referenceCount: n, currentCount: m },
    missing: cells.missing,
  };
}

function compareSorted(reference: PreparedReference, window: Float64Array): WindowComparison {
  const { values, missing } = cleanColumn(window);
  return {
    psi: psiOf(reference, countOnGrid(reference.psiBins, values), missing),
    ks: ksSorted(reference.sorted, sortFloats(values)),
    missing,
  };
}

function psiOf(reference: PreparedReference, counts: Float64Array, missing: number): Outcome<PsiValue> {
  const sides = withMissingBin(reference.psiCounts, counts, {
    reference: reference.missing,
    current: missing,
  });
  return psiFromCounts(sides.reference, sides.current);
}
