import { betaQuantile, regularizedBeta } from "./incomplete-beta.ts";

/**
 * studentTUpperTail returns P(T ≥ t) for Student's t with `degreesOfFreedom`, right down to 1e-300.
 *
 * Range [0, 1], decreasing in t; degrees > 0. O(√degrees). Source: Abramowitz & Stegun 26.7.1.
 *
 * @example studentTUpperTail(2.2281388519649385, 10); // 0.025
 */
export function studentTUpperTail(t: number, degreesOfFreedom: number): number {
  const square = t * t;
  const x = degreesOfFreedom / (degreesOfFreedom + square);
  const complement = square / (degreesOfFreedom + square);
  const half = regularizedBeta(degreesOfFreedom / 2, 0.5, x, complement) / 2;
  return t > 0 ? half : 1 - half;
}

/**
 * studentTTwoSided returns P(|T| ≥ |t|), the two-sided p-value of a t statistic.
 *
 * Range [0, 1]. O(√degrees). Source: Abramowitz & Stegun 26.7.1.
 *
 * @example studentTTwoSided(2.2281388519649385, 10); // 0.05
 */
export function studentTTwoSided(t: number, degreesOfFreedom: number): number {
  return 2 * studentTUpperTail(Math.abs(t), degreesOfFreedom);
}

/**
 * studentTQuantile returns the t with P(T ≤ t) = probability for Student's t with `degreesOfFreedom`.
 *
 * Argument in (0, 1); ∓Infinity at 0 and 1. O(√degrees), about 20 evaluations. Source: inversion of the beta function.
 *
 * @example studentTQuantile(0.975, 10); // 2.2281388519649385
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  const tail = Math.min(probability, 1 - probability);
  if (tail <= 0) return probability <= 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const magnitude =
    tail < 0.25 ? fromTail(2 * tail, degreesOfFreedom) : fromCentre(1 - 2 * tail, degreesOfFreedom);
  return probability < 0.5 ? -magnitude : magnitude;
}

// Near the centre t²/(ν+t²) is small, in the tail its complement is: each is solved for where it keeps its digits.
function fromTail(twoSided: number, degrees: number): number {
  const x = betaQuantile(twoSided, degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
}

function fromCentre(inside: number, degrees: number): number {
  const y = betaQuantile(inside, 0.5, degrees / 2);
  return Math.sqrt((degrees * y) / (1 - y));
}
