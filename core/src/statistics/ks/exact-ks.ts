/**
 * exactKsUpperTail returns P(D ≥ statistic) exactly, for two samples without ties from one distribution.
 *
 * Counts the lattice paths that leave the band |i/n − j/m| < D as probabilities, adding only positive terms, so that every
 * digit of a far tail is kept. Arguments: D in [0, 1], whole sample sizes ≥ 1. Range [0, 1].
 * O(n·m) time, O(min(n, m)) memory. Source: Hodges 1958; the recursion in probabilities as in R's psmirnov.
 *
 * @example exactKsUpperTail(0.625, 8, 8); // 0.08702408702408701
 */
export function exactKsUpperTail(statistic: number, n: number, m: number): number {
  const rows = Math.max(n, m);
  const columns = Math.min(n, m);
  // i·m − j·n is whole, so the comparison with D·n·m is free of rounding.
  const reach = Math.round(statistic * rows * columns);
  if (reach <= 0) return 1;
  const left = new Float64Array(columns + 1);
  for (let j = 1; j <= columns; j++) left[j] = j * rows >= reach ? 1 : left[j - 1]!;
  for (let i = 1; i <= rows; i++) {
    const height = i * columns;
    if (height >= reach) left[0] = 1;
    let previous = left[0]!;
    for (let j = 1; j <= columns; j++) {
      if (Math.abs(height - j * rows) >= reach) previous = 1;
      else previous = (i * left[j]! + j * previous) / (i + j);
      left[j] = previous;
    }
  }
  return Math.min(1, left[columns]!);
}
