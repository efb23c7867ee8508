import { type RandomSource, shuffleInPlace } from "../../random/index.ts";
import { lowerBound } from "../sorting/lower-bound.ts";
import { sortFloats } from "../sorting/radix-sort.ts";
import { normalQuantile } from "../special/normal-quantile.ts";

/**
 * normalScores returns each column with its values replaced by the normal quantiles of their ranks, ties in random order, missing values
 * (NaN) as one tie below all others: what is left is how the columns are correlated, whatever each of them looks like by itself.
 *
 * For: tests of joint drift alone. Arguments: columns of one length; `random` breaks ties. Range: standard normal quantiles of
 * (rank + ½)/n, so every column has the same values. Smallest sample: one row. O(n log n) a column. Source: van der Waerden 1952; random ranks for
 * ties: Denuit & Lambert 2005.
 *
 * @example normalScores([Float64Array.of(10, 30, 20)], createRandom(1)); // [Float64Array [-0.967, 0.967, 0]]
 */
export function normalScores(columns: readonly Float64Array[], random: RandomSource): Float64Array[] {
  const rows = columns[0]?.length ?? 0;
  const quantiles = Float64Array.from({ length: rows }, (_, rank) => normalQuantile((rank + 0.5) / rows));
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  return columns.map((column) => {
    const keys = column.map((x) => (Number.isNaN(x) ? Number.NEGATIVE_INFINITY : x));
    const sorted = sortFloats(keys);
    const taken = new Uint32Array(rows);
    // In random order each row takes the next free rank of its value.
    shuffleInPlace(order, random);
    const scores = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      const row = order[i]!;
      const first = lowerBound(sorted, keys[row]!);
      scores[row] = quantiles[first + taken[first]!++]!;
    }
    return scores;
  });
}
