import { logGamma, stirlingCorrection } from "./log-gamma.ts";
import { log1pMinus } from "./log1p-minus.ts";

const TINY = 1e-300;

/**
 * regularizedBeta returns I_x(a, b), the regularised incomplete beta function: P(Beta(a, b) ≤ x).
 *
 * Arguments: a > 0, b > 0, 0 ≤ x ≤ 1; `complement` is 1 − x where the caller knows it more exactly. Range [0, 1], increasing in x.
 * Relative error about 1e-12, also in the lower tail. O(√max(a, b)). Source: Press et al. §6.4; DiDonato & Morris 1992 (prefactor).
 *
 * @example regularizedBeta(2, 3, 0.5); // 0.6875
 */
export function regularizedBeta(a: number, b: number, x: number, complement = 1 - x): number {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  if (x < (a + 1) / (a + b + 2)) return betaFraction(a, b, x, complement);
  return 1 - betaFraction(b, a, complement, x);
}

/**
 * regularizedBetaUpper returns 1 − I_x(a, b) = P(Beta(a, b) ≥ x), right in the upper tail.
 *
 * Arguments, cost and source as `regularizedBeta`.
 *
 * @example regularizedBetaUpper(2, 3, 0.5); // 0.3125
 */
export function regularizedBetaUpper(a: number, b: number, x: number, complement = 1 - x): number {
  return regularizedBeta(b, a, complement, x);
}

/**
 * betaQuantile returns the x with P(Beta(a, b) ≤ x) = probability, by bracketed Newton steps.
 *
 * Arguments: a > 0, b > 0, probability in [0, 1]. Range [0, 1]; relative error about 1e-12. O(√max(a, b)) a step, at most 200 steps.
 *
 * @example betaQuantile(0.5, 2, 2); // 0.5
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (probability <= 0) return 0;
  if (probability >= 1) return 1;
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < 200; step++) {
    const error = regularizedBeta(a, b, x) - probability;
    if (error > 0) high = x;
    else low = x;
    const density = Math.exp(logBetaPower(a, b, x, 1 - x)) / (x * (1 - x));
    const newton = x - error / density;
    // Halving in ratio, not in difference, once the bracket is far from 0: quantiles may be as small as 1e-300.
    const middle = low > 0 ? Math.sqrt(low) * Math.sqrt(high) : high / 1024;
    const fallback = high - low < 0.5 * high ? (low + high) / 2 : middle;
    const next = newton > low && newton < high ? newton : fallback;
    if (Math.abs(next - x) <= 1e-15 * x || high - low <= 1e-16 * high) return next;
    x = next;
  }
  return x;
}

// Lentz's method on the continued fraction, for x below its turning point.
function betaFraction(a: number, b: number, x: number, complement: number): number {
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  if (Math.abs(d) < TINY) d = TINY;
  d = 1 / d;
  let h = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    if (Math.abs(d) < TINY) d = TINY;
    c = 1 + even / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    if (Math.abs(d) < TINY) d = TINY;
    c = 1 + odd / c;
    if (Math.abs(c) < TINY) c = TINY;
    d = 1 / d;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return Math.min(1, (Math.exp(logBetaPower(a, b, x, complement)) * h) / a);
}

// ln(x/peak) − (x/peak − 1), from the difference where they are close and from the ratio where they are not.
function logRatioMinus(x: number, peak: number, difference: number): number {
  const relative = difference / peak;
  return Math.abs(relative) < 0.4 ? log1pMinus(relative) : Math.log(x / peak) - relative;
}

// ln[x^a (1−x)^b / B(a, b)], written around its maximum for large a and b so that the large terms do not cancel.
function logBetaPower(a: number, b: number, x: number, complement: number): number {
  const total = a + b;
  if (a >= 10 && b >= 10) {
    const shift = x <= 0.5 ? x - a / total : b / total - complement;
    return (
      0.5 * Math.log((a / total) * (b / (2 * Math.PI))) +
      a * logRatioMinus(x, a / total, shift) +
      b * logRatioMinus(complement, b / total, -shift) +
      stirlingCorrection(total) -
      stirlingCorrection(a) -
      stirlingCorrection(b)
    );
  }
  return a * Math.log(x) + b * Math.log(complement) - logBeta(Math.min(a, b), Math.max(a, b));
}

function logBeta(small: number, large: number): number {
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large);
  // ln Γ(large + small) − ln Γ(large) without subtracting two large numbers.
  const ratio =
    (large - 0.5) * Math.log1p(small / large) +
    small * Math.log(large + small) -
    small +
    stirlingCorrection(large + small) -
    stirlingCorrection(large);
  return logGamma(small) - ratio;
}
