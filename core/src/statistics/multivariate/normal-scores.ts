import type { RandomSource } from "../../random/index.ts";
import { normalQuantile } from "../special/normal-quantile.ts";

/**
 * normalScores returns each column with its values replaced by the normal quantiles of their ranks, ties in random order, missing values
 * (NaN) as one tie below all others: what is left is how the columns hang together, whatever each of them looks like by itself.
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
  return columns.map((column) => {
    const order = Uint32Array.from({ length: rows }, (_, row) => row);
    const tieBreaks = Float64Array.from({ length: rows }, random);
    const key = column.map((x) => (Number.isNaN(x) ? Number.NEGATIVE_INFINITY : x));
    order.sort((a, b) => {
      if (key[a]! !== key[b]!) return key[a]! < key[b]! ? -1 : 1;
      return tieBreaks[a]! - tieBreaks[b]!;
    });
    const scores = new Float64Array(rows);
    order.forEach((row, rank) => {
      scores[row] = quantiles[rank]!;
    });
    return scores;
  });
}
