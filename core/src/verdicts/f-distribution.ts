import { chiSquareUpperTail, logGamma } from "../statistics/index.ts";

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
  return incompleteBeta(denominator / 2, numerator / 2, denominator / (denominator + numerator * x));
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

function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a;
  return 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || 1e-300);
  let h = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || 1e-300);
    c = 1 + even / c || 1e-300;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || 1e-300);
    c = 1 + odd / c || 1e-300;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h;
}
