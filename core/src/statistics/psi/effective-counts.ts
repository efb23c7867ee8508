/**
 * effectiveCounts returns weighted counts scaled so that they sum to the number of rows they were observed in.
 *
 * For: sampled traffic, whose weighted counts would claim more evidence than there are rows; distances stay as they are, p-values
 * become honest. Arguments: weighted counts, rows behind them (or Kish's effective size (Σw)²/Σw² where weights differ).
 * Unchanged where there is nothing to scale. O(bins). Source: Kish 1965.
 *
 * @example effectiveCounts([20, 60], 8); // Float64Array [2, 6]
 */
export function effectiveCounts(counts: ArrayLike<number>, rows: number): Float64Array {
  const scaled = Float64Array.from(counts);
  const total = scaled.reduce((sum, count) => sum + count, 0);
  if (total <= 0 || total === rows) return scaled;
  return scaled.map((count) => count * (rows / total));
}
