import { fisherZ } from "./pair-correlations.ts";

/** CrossSums are what correlations are made of: of columns, of their products two by two (row by row of the upper triangle), and the rows. */
export type CrossSums = {
  readonly columns: Float64Array;
  readonly products: Float64Array;
  readonly rows: number;
};

/**
 * crossSums returns the sums of the named rows' values and products. O(rows · columns²).
 *
 * @example crossSums([Float64Array.of(1, 2)], Uint32Array.of(1)); // { columns: [2], products: [4], rows: 1 }
 */
export function crossSums(columns: readonly Float64Array[], rows: Uint32Array): CrossSums {
  const width = columns.length;
  const sums = new Float64Array(width);
  const products = new Float64Array((width * (width + 1)) / 2);
  const values = new Float64Array(width);
  for (let i = 0; i < rows.length; i++) {
    for (let column = 0; column < width; column++) values[column] = columns[column]![rows[i]!]!;
    let at = 0;
    for (let a = 0; a < width; a++) {
      const value = values[a]!;
      sums[a]! += value;
      for (let b = a; b < width; b++) products[at++]! += value * values[b]!;
    }
  }
  return { columns: sums, products, rows: rows.length };
}

/** without returns the sums of the rows of `whole` that are not in `part`. O(columns²). */
export function without(whole: CrossSums, part: CrossSums): CrossSums {
  return {
    columns: whole.columns.map((sum, column) => sum - part.columns[column]!),
    products: whole.products.map((sum, at) => sum - part.products[at]!),
    rows: whole.rows - part.rows,
  };
}

/**
 * changedPairs returns the `count` pairs of columns whose correlation differs most between two groups of rows, the most different first.
 *
 * Trees split by one column at a time and so are blind to pairs that changed only together; their products are not. Arguments: sums of both
 * groups, of values that lie about 0. O(columns²).
 *
 * @example changedPairs(crossSums(columns, before), crossSums(columns, after), 1); // [[0, 1]]
 */
export function changedPairs(
  first: CrossSums,
  second: CrossSums,
  count: number,
): (readonly [number, number])[] {
  const after = correlationsOf(second);
  return correlationsOf(first)
    .map(({ pair, correlation }, i) => ({
      pair,
      change: Math.abs(fisherZ(correlation) - fisherZ(after[i]!.correlation)),
    }))
    .sort((a, b) => b.change - a.change)
    .slice(0, count)
    .map(({ pair }) => pair);
}

function correlationsOf({ columns, products, rows }: CrossSums) {
  const width = columns.length;
  const covariance = (a: number, b: number) =>
    products[a * width - (a * (a - 1)) / 2 + b - a]! / rows - (columns[a]! / rows) * (columns[b]! / rows);
  const deviations = columns.map((_, column) => Math.sqrt(Math.max(0, covariance(column, column))));
  const found: { pair: readonly [number, number]; correlation: number }[] = [];
  for (let a = 0; a < width; a++) {
    for (let b = a + 1; b < width; b++) {
      const scale = deviations[a]! * deviations[b]!;
      found.push({ pair: [a, b], correlation: scale > 0 ? covariance(a, b) / scale : 0 });
    }
  }
  return found;
}
