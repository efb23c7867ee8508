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
  return edgesAt(
    ascending,
    Array.from({ length: parts - 1 }, (_, i) => [i + 1, parts]),
  );
}

function edgesAt(
  ascending: ArrayLike<number>,
  cuts: readonly (readonly [k: number, parts: number])[],
): number[] {
  if (ascending.length === 0) return [];
  const edges: number[] = [];
  for (const [k, parts] of cuts) {
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

// A sixteenth of an outer quantile bin: of a feature that moved by several deviations, D lies at a value that hardly any row of the reference passes.
const TAIL_HALVINGS = 4;

/**
 * gridCuts returns, ascending, the shares k/parts at which a grid cuts its reference besides the deciles: `size` parts of equal mass, the outer two of them
 * halved four times. O(size).
 *
 * @example gridCuts(2).length; // 9: 1/32, 1/16, 1/8, 1/4, 1/2, 3/4, 7/8, 15/16, 31/32
 */
export function gridCuts(size = 256): [k: number, parts: number][] {
  const tail = Array.from({ length: TAIL_HALVINGS }, (_, i) => size * 2 ** (TAIL_HALVINGS - i));
  return [
    ...tail.map((parts): [number, number] => [1, parts]),
    ...Array.from({ length: size - 1 }, (_, i): [number, number] => [i + 1, size]),
    ...tail.toReversed().map((parts): [number, number] => [parts - 1, parts]),
  ];
}

/**
 * createNumericGrid freezes the bins of one feature from its sorted reference: its `size` quantiles, finer ones at both ends, its deciles, its extremes.
 *
 * Deciles and atoms are among the edges, so PSI from grid counts is exact; the minimum (as an atom) and the maximum are edges
 * too, so the first and last bin count what lies outside the reference's range.
 * Arguments: ascending values without NaN (may be empty: one bin); `size` ≥ 2 quantile bins. Result: at most size + 18 edges.
 * O(size log size).
 *
 * @example createNumericGrid(sortFloats(reference)).edges.length; // about 271 for a continuous column
 */
export function createNumericGrid(sortedReference: ArrayLike<number>, size = 256): NumericGrid {
  const decileEdges = quantileEdges(sortedReference, 10);
  const fineEdges = edgesAt(sortedReference, gridCuts(size));
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
