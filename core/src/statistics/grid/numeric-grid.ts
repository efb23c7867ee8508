import { quantileOfParts } from "../summary/quantile.ts";

/**
 * NumericGrid is the frozen binning of one numeric feature, made from its reference.
 *
 * Bins, in order: between edges, closed on the right; an edge that is an atom is a bin [e, e] of its own, and the bin before
 * it is open at e; below the first and above the last edge one open bin each. So there are edges + atoms + 1 bins.
 */
export interface NumericGrid {
  /** Finite, strictly increasing. They hold the reference's quantiles, deciles, minimum and maximum. */
  edges: number[];
  /** Ascending subset of `edges`: values that are several quantiles at once, and the reference's minimum. */
  atomEdges: number[];
  /** The reference's deciles as they came, ascending, repeated where one value is several deciles (then it is an atom of PSI). */
  decileEdges: number[];
}

/**
 * quantileEdges returns the `parts` − 1 inner quantiles (type 7) that cut ascending numbers into `parts` parts, repeats kept.
 *
 * Infinite quantiles are left out: the outer bins are open and hold them. Empty for no values. O(parts).
 *
 * @example quantileEdges([0, 1, 2, 3, 4], 4); // [1, 2, 3]
 */
export function quantileEdges(ascending: ArrayLike<number>, parts: number): number[] {
  if (ascending.length === 0) return [];
  const edges: number[] = [];
  for (let k = 1; k < parts; k++) {
    const edge = quantileOfParts(ascending, k, parts);
    // −0 and 0 are one value to every comparison, so they must be one edge.
    if (Number.isFinite(edge)) edges.push(edge === 0 ? 0 : edge);
  }
  return edges;
}

/**
 * quantileAtoms returns the distinct values that occur more than once in an ascending list of quantiles.
 *
 * Such a value holds at least the mass between two quantiles and becomes a bin of its own, so that a tied or constant column
 * shows moves both ways. O(edges). Source: `quantile_atoms` in the definitions of the golden numbers.
 *
 * @example quantileAtoms([1, 2, 2, 3]); // [2]
 */
export function quantileAtoms(ascendingEdges: readonly number[]): number[] {
  const atoms: number[] = [];
  for (let i = 1; i < ascendingEdges.length; i++) {
    const edge = ascendingEdges[i]!;
    if (edge === ascendingEdges[i - 1] && edge !== atoms[atoms.length - 1]) atoms.push(edge);
  }
  return atoms;
}

/**
 * createNumericGrid freezes the bins of one feature from its sorted reference: its `size` quantiles, its deciles, its extremes.
 *
 * Deciles and atoms are among the edges, so PSI from grid counts is exact; the minimum (as an atom) and the maximum are edges
 * too, so the first and last bin count what lies outside the reference's range.
 * Arguments: ascending values without NaN (may be empty: one bin); `size` ≥ 2 quantile bins. Result: at most size + 10 edges.
 * O(size log size).
 *
 * @example createNumericGrid(sortFloats(reference)).edges.length; // about 263 for a continuous column
 */
export function createNumericGrid(sortedReference: ArrayLike<number>, size = 256): NumericGrid {
  const decileEdges = quantileEdges(sortedReference, 10);
  const fineEdges = quantileEdges(sortedReference, size);
  const extremes = finiteExtremes(sortedReference);
  const edges = distinctAscending([...decileEdges, ...fineEdges, ...extremes]);
  const atomEdges = distinctAscending([
    ...quantileAtoms(decileEdges),
    ...quantileAtoms(fineEdges),
    ...extremes.slice(0, 1),
  ]);
  return { edges, atomEdges, decileEdges };
}

function finiteExtremes(ascending: ArrayLike<number>): number[] {
  let first = 0;
  let last = ascending.length - 1;
  while (first <= last && !Number.isFinite(ascending[first]!)) first++;
  while (last >= first && !Number.isFinite(ascending[last]!)) last--;
  return first <= last ? [ascending[first]! + 0, ascending[last]! + 0] : [];
}

function distinctAscending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
