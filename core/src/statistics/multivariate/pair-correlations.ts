/** PairCorrelations are the correlations of every pair of columns, row by row of the upper triangle, with what their sampling varies by. */
export interface PairCorrelations {
  /** The pair of column numbers of each entry. */
  pairs: (readonly [number, number])[];
  correlations: Float64Array;
  /** n times the sampling variance of Fisher's z of each correlation: 1 where the two are jointly normal. */
  variances: Float64Array;
  rows: number;
}

/**
 * pairCorrelations returns Pearson's correlation of every pair of columns and the asymptotic variance of its Fisher transform.
 *
 * For: telling which pairs of features are correlated otherwise than before. Range [−1, 1]; 0 for a constant column. Arguments:
 * columns of one length, finite. Smallest sample: three rows. O(n·d²). Source: Fisher 1921; the variance without normality by the delta method
 * (Steiger & Hakstian 1982).
 *
 * @example pairCorrelations([Float64Array.of(1, 2, 3), Float64Array.of(3, 2, 1)]).correlations; // Float64Array [-1]
 */
export function pairCorrelations(columns: readonly Float64Array[]): PairCorrelations {
  const rows = columns[0]?.length ?? 0;
  const standard = columns.map(standardised);
  const pairs = columns.flatMap((_, i) => columns.slice(i + 1).map((__, k) => [i, i + 1 + k] as const));
  const correlations = new Float64Array(pairs.length);
  const variances = new Float64Array(pairs.length);
  pairs.forEach(([i, j], index) => {
    const a = standard[i]!;
    const b = standard[j]!;
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += a[row]! * b[row]!;
    const r = Math.max(-1, Math.min(1, sum / Math.max(1, rows)));
    correlations[index] = r;
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      const x = a[row]!;
      const y = b[row]!;
      squares += (x * y - (r * (x * x + y * y)) / 2) ** 2;
    }
    const rest = Math.max(1e-6, 1 - r * r);
    variances[index] = squares / Math.max(1, rows) / (rest * rest);
  });
  return { pairs, correlations, variances, rows };
}

/**
 * fisherZ returns Fisher's transform of a correlation, whose sampling variance hardly depends on it; finite also for ±1. O(1).
 *
 * @example fisherZ(0.5); // 0.549
 */
export function fisherZ(correlation: number): number {
  return Math.atanh(Math.max(-0.9999, Math.min(0.9999, correlation)));
}

function standardised(column: Float64Array): Float64Array {
  const mean = column.reduce((sum, x) => sum + x, 0) / Math.max(1, column.length);
  const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, column.length);
  const deviation = Math.sqrt(variance);
  return column.map((x) => (deviation > 0 ? (x - mean) / deviation : 0));
}
