/**
 * log1pMinus returns ln(1+x) − x without the cancellation near 0.
 *
 * Range: −∞ < result ≤ 0 for x > −1; −Infinity at −1. O(1), at most about 40 terms.
 * Source: series of 2·artanh(r) with r = x/(2+x), as in R's log1pmx.
 *
 * @example log1pMinus(1e-8); // −5e-17, where Math.log1p(1e-8) − 1e-8 is mostly rounding
 */
export function log1pMinus(x: number): number {
  if (x > 0.6 || x < -0.4) return Math.log1p(x) - x;
  const r = x / (2 + x);
  const square = r * r;
  // ln(1+x) − x = r·(2·Σ_{k≥1} r^{2k}/(2k+1) − x)
  let sum = 0;
  let power = square;
  for (let k = 3; k < 120; k += 2) {
    const term = power / k;
    sum += term;
    if (term < 1e-18 * sum) break;
    power *= square;
  }
  return r * (2 * sum - x);
}
