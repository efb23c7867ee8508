/** A square matrix with a decimal exponent beside it, so that its powers cannot overflow. */
type ScaledMatrix = { cells: Float64Array; exponent: number };

/**
 * marsagliaTsangWang returns P(D_n < x) for the one-sample, two-sided Kolmogorov statistic, exactly, as a power of a band matrix.
 *
 * Arguments: 0 < x < 1, whole n ≥ 1. Range [0, 1]. About 13 digits. O(k³ log n) with k = ⌈n·x⌉.
 * Source: Marsaglia, Tsang & Wang 2003, Durbin's matrix.
 *
 * @example marsagliaTsangWang(0.274, 10); // 0.6284796154565043
 */
export function marsagliaTsangWang(x: number, n: number): number {
  const k = Math.floor(n * x) + 1;
  const size = 2 * k - 1;
  const power = raise(durbinMatrix(k, k - n * x), n, size);
  let value = power.cells[(k - 1) * size + k - 1]!;
  let exponent = power.exponent;
  for (let i = 1; i <= n; i++) {
    value = (value * i) / n;
    if (value < 1e-140) {
      value *= 1e140;
      exponent -= 140;
    }
  }
  return value * 10 ** exponent;
}

function durbinMatrix(k: number, h: number): Float64Array {
  const size = 2 * k - 1;
  const cells = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) cells[i * size + j] = i - j + 1 < 0 ? 0 : 1;
  }
  for (let i = 0; i < size; i++) {
    cells[i * size]! -= h ** (i + 1);
    cells[(size - 1) * size + i]! -= h ** (size - i);
  }
  cells[(size - 1) * size]! += 2 * h - 1 > 0 ? (2 * h - 1) ** size : 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let g = 1; g <= i - j + 1; g++) cells[i * size + j]! /= g;
    }
  }
  return cells;
}

function raise(base: Float64Array, power: number, size: number): ScaledMatrix {
  if (power === 1) return { cells: base, exponent: 0 };
  const half = raise(base, Math.floor(power / 2), size);
  let cells = multiply(half.cells, half.cells, size);
  let exponent = 2 * half.exponent;
  if (power % 2 === 1) cells = multiply(base, cells, size);
  if (cells[((size - 1) / 2) * size + (size - 1) / 2]! > 1e140) {
    for (let i = 0; i < cells.length; i++) cells[i]! *= 1e-140;
    exponent += 140;
  }
  return { cells, exponent };
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) product[i * size + j]! += factor * b[k * size + j]!;
    }
  }
  return product;
}
