import { chiSquareUpperTail, regularizedBeta } from "../index.ts";

/**
 * fUpperTail returns P(X ≥ x) for Snedecor's F with `numerator` and `denominator` degrees of freedom; an infinite denominator is the χ²
 * limit. With one numerator degree it is the two-sided tail of Student's t at √x. Degrees > 0, need not be whole. Range [0, 1].
 * O(√degrees). Source: Abramowitz & Stegun 26.6.2.
 *
 * @example fUpperTail(4.9646, 1, 10); // 0.05
 */
export function fUpperTail(x: number, numerator: number, denominator: number): number {
  if (!(x > 0)) return 1;
  if (denominator > 1e6) return chiSquareUpperTail(x * numerator, numerator);
  const total = denominator + numerator * x;
  return regularizedBeta(denominator / 2, numerator / 2, denominator / total, (numerator * x) / total);
}

/**
 * fUpperQuantile returns the x with fUpperTail(x) = `tail`, by bisection on its logarithm; tail in (0, 1). Relative error 1e-9. O(60).
 *
 * @example fUpperQuantile(0.05, 1, 10); // 4.9646
 */
export function fUpperQuantile(tail: number, numerator: number, denominator: number): number {
  let low = -30;
  let high = 60;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (fUpperTail(Math.exp(middle), numerator, denominator) > tail) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
