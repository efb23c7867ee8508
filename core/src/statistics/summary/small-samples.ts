import { mean, sampleVariance, standardDeviation } from "simple-statistics";
import { insufficientData, type NotComputable, notDefined, type Outcome } from "../outcome.ts";

/**
 * averageOf returns the arithmetic mean of a small sample, such as one number per window; columns have `summarize`. In the unit of the values. Needs
 * one value; a value or a sum that is not finite is `not_defined`. O(n). Source: Neumaier 1974, by simple-statistics.
 *
 * @example averageOf([1, 2, 6]) // { outcome: "ok", value: 3 }
 */
export function averageOf(values: readonly number[]): Outcome<{ value: number }> {
  return sampleProblem(values, 1) ?? finite(mean([...values]));
}

/**
 * spreadAround returns the standard deviation of a small sample around its own mean, divisor n. In the unit of the values, at least 0. Needs one
 * value; a value or a sum of squares that is not finite is `not_defined`. O(n). Source: simple-statistics, two passes.
 *
 * @example spreadAround([1, 3]) // { outcome: "ok", value: 1 }
 */
export function spreadAround(values: readonly number[]): Outcome<{ value: number }> {
  return sampleProblem(values, 1) ?? finite(standardDeviation([...values]));
}

/**
 * varianceOf returns the sample variance of a small sample, divisor n − 1. In squared units of the values, at least 0. Needs two values; a value or a
 * sum of squares that is not finite is `not_defined`. O(n). Source: Bessel's correction, by simple-statistics.
 *
 * @example varianceOf([1, 3]) // { outcome: "ok", value: 2 }
 */
export function varianceOf(values: readonly number[]): Outcome<{ value: number }> {
  return sampleProblem(values, 2) ?? finite(sampleVariance([...values]));
}

/**
 * valueOr returns the value of an outcome, or `otherwise` where there is none: for places that have said what stands for it. O(1).
 *
 * @example valueOr(averageOf([]), 0) // 0
 */
export function valueOr<Otherwise>(outcome: Outcome<{ value: number }>, otherwise: Otherwise) {
  return outcome.outcome === "ok" ? outcome.value : otherwise;
}

// The library throws on no values, and answers NaN for the sum of infinities.
function sampleProblem(values: readonly number[], fewest: number): NotComputable | undefined {
  if (values.length < fewest)
    return insufficientData(`${values.length} values, of ${fewest} that are needed`);
  return values.every(Number.isFinite) ? undefined : notDefined("a value is not finite");
}

function finite(value: number): Outcome<{ value: number }> {
  return Number.isFinite(value)
    ? { outcome: "ok", value }
    : notDefined("a sum exceeds the largest number that can be held");
}
