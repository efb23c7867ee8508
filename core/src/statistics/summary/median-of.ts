import { median } from "simple-statistics";
import { insufficientData, type Outcome } from "../outcome.ts";

/**
 * medianOf returns the median, the 0.5-quantile: the middle of the sorted values, or the mean of the two middle ones. For small sets such as
 * one number per feature; columns have `quantileSorted`. Needs one finite value; a value that is not a number is `insufficient_data`, since a
 * median of it would be one too. O(n log n). Source: Hyndman & Fan 1996, definition 7.
 *
 * @example medianOf([3, 1, 2, 10]) // { outcome: "ok", value: 2.5 }
 */
export function medianOf(values: readonly number[]): Outcome<{ value: number }> {
  if (values.length === 0) return insufficientData("no values");
  if (values.some(Number.isNaN)) return insufficientData("a value is not a number");
  return { outcome: "ok", value: median([...values]) };
}
