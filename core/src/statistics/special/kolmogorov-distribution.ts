/**
 * kolmogorovUpperTail returns Q(x) = 2·Σ_{k≥1} (−1)^{k−1} e^{−2k²x²}, the limit of P(√n·D ≥ x) for the Kolmogorov statistic.
 *
 * Range [0, 1], decreasing in x ≥ 0; relative error about 1e-15 down to the smallest double (x ≈ 19). O(1), at most 10 terms.
 * Source: Kolmogorov 1933; the theta-function form for small x, Marsaglia, Tsang & Wang 2003.
 *
 * @example kolmogorovUpperTail(1.3580986393225505); // 0.05
 */
export function kolmogorovUpperTail(x: number): number {
  if (x <= 0) return 1;
  if (x < 0.82) return 1 - kolmogorovLowerTail(x);
  let sum = 0;
  let sign = 1;
  for (let k = 1; k <= 10; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    sum += sign * term;
    if (term < 1e-18 * sum) break;
    sign = -sign;
  }
  return Math.min(1, 2 * sum);
}

/**
 * kolmogorovLowerTail returns 1 − Q(x), the limit of P(√n·D ≤ x), right for small x.
 *
 * Range [0, 1], increasing in x ≥ 0. O(1), at most 6 terms. Source: Marsaglia, Tsang & Wang 2003.
 *
 * @example kolmogorovLowerTail(0.5); // 0.03605475633512647
 */
export function kolmogorovLowerTail(x: number): number {
  if (x <= 0) return 0;
  if (x >= 0.82) return 1 - kolmogorovUpperTail(x);
  const exponent = (-Math.PI * Math.PI) / (8 * x * x);
  let sum = 0;
  for (let k = 1; k <= 11; k += 2) sum += Math.exp(exponent * k * k);
  return (Math.sqrt(2 * Math.PI) / x) * sum;
}
