/** SymmetricEigen holds eigenvalues in descending order and their unit eigenvectors, one row each. */
export type SymmetricEigen = { readonly values: Float64Array; readonly vectors: readonly Float64Array[] };

const MAX_SWEEPS = 60;

/**
 * symmetricEigen returns all eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations.
 *
 * Argument: a symmetric matrix of finite numbers as rows. Eigenvalues descend; vectors are
 * orthonormal, their first non-zero entry positive. O(d³) a sweep, about 8 sweeps; meant for d up to a few hundred.
 * Source: Jacobi 1846; Golub & Van Loan §8.5.
 *
 * @example symmetricEigen([Float64Array.of(2, 1), Float64Array.of(1, 2)]).values; // [3, 1]
 */
export function symmetricEigen(matrix: readonly Float64Array[]): SymmetricEigen {
  const size = matrix.length;
  const a = matrix.map((row) => row.slice());
  const v = matrix.map((_, i) => Float64Array.from({ length: size }, (__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MAX_SWEEPS && !isDiagonal(a); sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, v, p, q);
    }
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!);
  return {
    values: Float64Array.from(order, (i) => a[i]![i]!),
    vectors: order.map((i) => withPositiveStart(v[i]!)),
  };
}

function isDiagonal(a: readonly Float64Array[]): boolean {
  let off = 0;
  let diagonal = 0;
  for (let i = 0; i < a.length; i++) {
    diagonal += a[i]![i]! ** 2;
    for (let j = i + 1; j < a.length; j++) off += a[i]![j]! ** 2;
  }
  return off <= 1e-30 * diagonal || off === 0;
}

// One rotation makes the entry (p, q) zero; the rows of v collect the rotations, so they end as eigenvectors.
function rotate(a: Float64Array[], v: Float64Array[], p: number, q: number): void {
  const rowP = a[p]!;
  const rowQ = a[q]!;
  const apq = rowP[q]!;
  if (apq === 0) return;
  const theta = (rowQ[q]! - rowP[p]!) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  rowP[p]! -= t * apq;
  rowQ[q]! += t * apq;
  rowP[q] = 0;
  rowQ[p] = 0;
  for (let k = 0; k < a.length; k++) {
    if (k === p || k === q) continue;
    const x = rowP[k]!;
    const y = rowQ[k]!;
    rowP[k] = c * x - s * y;
    rowQ[k] = s * x + c * y;
    a[k]![p] = rowP[k]!;
    a[k]![q] = rowQ[k]!;
  }
  turn(v[p]!, v[q]!, c, s);
}

function turn(first: Float64Array, second: Float64Array, c: number, s: number): void {
  for (let k = 0; k < first.length; k++) {
    const x = first[k]!;
    const y = second[k]!;
    first[k] = c * x - s * y;
    second[k] = s * x + c * y;
  }
}

function withPositiveStart(vector: Float64Array): Float64Array {
  const start = vector.find((value) => Math.abs(value) > 1e-12) ?? 1;
  return start < 0 ? vector.map((value) => -value) : vector;
}
