import { regularizedGammaP, regularizedGammaQ } from "./incomplete-gamma.ts";

/**
 * chiSquareUpperTail returns P(X ≥ statistic) for a chi-square variable with `degreesOfFreedom`, right down to 1e-300.
 *
 * Range [0, 1]; larger statistics give smaller values. Degrees of freedom > 0, need not be whole; with 0 degrees the
 * variable is the constant 0. O(√degrees). Source: Abramowitz & Stegun 26.4.19.
 *
 * @example chiSquareUpperTail(3.841458820694124, 1); // 0.05
 */
export function chiSquareUpperTail(statistic: number, degreesOfFreedom: number): number {
  if (statistic <= 0) return 1;
  if (degreesOfFreedom <= 0) return 0;
  return regularizedGammaQ(degreesOfFreedom / 2, statistic / 2);
}

/**
 * chiSquareLowerTail returns P(X ≤ statistic) for a chi-square variable with `degreesOfFreedom`.
 *
 * Range [0, 1]. O(√degrees). Source: Abramowitz & Stegun 26.4.19.
 *
 * @example chiSquareLowerTail(3.841458820694124, 1); // 0.95
 */
export function chiSquareLowerTail(statistic: number, degreesOfFreedom: number): number {
  if (statistic <= 0) return 0;
  if (degreesOfFreedom <= 0) return 1;
  return regularizedGammaP(degreesOfFreedom / 2, statistic / 2);
}
