import { binColumn } from "../boosting/bin-rows.ts";
import { changedPairs, crossSums, without } from "./changed-pairs.ts";

/** Sides are row numbers of the reference's and of the window's rows. */
export type Sides = readonly [reference: Uint32Array, window: Uint32Array];

/** PairProduct is the binned product of two columns. */
export type PairProduct = { readonly pair: readonly [number, number]; readonly bins: Uint8Array };

/**
 * createPairProducts returns the choice of the `count` products of two columns that may tell both sides' rows apart, looking at the rows that are
 * not held out. Sums of all rows are taken once, and a product that is chosen again is not binned again.
 *
 * Arguments: columns of one length, finite where `count` is not 0; every row of both sides. O(rows · columns²), then O(held out · columns²) a choice.
 *
 * @example createPairProducts(columns, sides, 8)([heldOutReference, heldOutWindow]);
 */
export function createPairProducts(
  columns: readonly Float64Array[],
  sides: Sides,
  count: number,
): (heldOut: Sides) => PairProduct[] {
  if (count === 0) return () => [];
  const centred = columns.map(aboutMean);
  const wholes = [crossSums(centred, sides[0]), crossSums(centred, sides[1])] as const;
  const known = new Map<string, Uint8Array>();
  const binsOf = ([a, b]: readonly [number, number]): Uint8Array => {
    const name = `${a},${b}`;
    const bins = known.get(name) ?? binColumn(columns[a]!.map((x, row) => x * columns[b]![row]!));
    known.set(name, bins);
    return bins;
  };
  return (heldOut) => {
    const first = without(wholes[0], crossSums(centred, heldOut[0]));
    const second = without(wholes[1], crossSums(centred, heldOut[1]));
    return changedPairs(first, second, count).map((pair) => ({ pair, bins: binsOf(pair) }));
  };
}

function aboutMean(column: Float64Array): Float64Array {
  const mean = column.reduce((sum, x) => sum + x, 0) / Math.max(1, column.length);
  return column.map((x) => x - mean);
}
