import { insufficientData, type Outcome } from "../outcome.ts";
import { cleanColumn } from "../sorting/clean-column.ts";
import { sortFloats } from "../sorting/radix-sort.ts";
import { type KsPValueMethod, ksPValue } from "./ks-p-value.ts";

/** KsValue is a two-sample Kolmogorov–Smirnov result. */
export type KsValue = {
  /** D = max |F_ref − F_cur|, in [0, 1]. */
  statistic: number;
  pValue: number;
  pValueMethod: KsPValueMethod;
  /** The value at which the two distribution functions are furthest apart; null where they are equal everywhere. */
  at: number | null;
  referenceCount: number;
  currentCount: number;
};

/**
 * ksSorted returns the two-sample, two-sided Kolmogorov–Smirnov test of two ascending samples.
 *
 * Right-continuous distribution functions, compared after each distinct value, so ties count right.
 * Arguments: ascending numbers without NaN, at least one a side (else `insufficient_data`). D in [0, 1], larger is further
 * apart, symmetric. O(n + m) plus the p-value (`ksPValue`). Source: Smirnov 1939.
 *
 * @example ksSorted(Float64Array.of(1, 2, 3), Float64Array.of(3, 4, 5)); // statistic 2/3
 */
export function ksSorted(reference: Float64Array, current: Float64Array): Outcome<KsValue> {
  const n = reference.length;
  const m = current.length;
  if (n === 0) return insufficientData("the reference has no values");
  if (m === 0) return insufficientData("the window has no values");
  let i = 0;
  let j = 0;
  let furthest = 0;
  let at: number | null = null;
  while (i < n && j < m) {
    const a = reference[i]!;
    const b = current[j]!;
    const x = Math.min(a, b);
    while (i < n && reference[i]! === x) i++;
    while (j < m && current[j]! === x) j++;
    // i·m − j·n is whole below 2^53, so equal distributions give exactly 0.
    const distance = Math.abs(i * m - j * n);
    if (distance > furthest) {
      furthest = distance;
      at = x;
    }
  }
  const statistic = furthest / n / m;
  const { pValue, method } = ksPValue(statistic, n, m);
  return { outcome: "ok", statistic, pValue, pValueMethod: method, at, referenceCount: n, currentCount: m };
}

/**
 * kolmogorovSmirnov returns the two-sample Kolmogorov–Smirnov test of two columns in any order; missing values are left out.
 *
 * Range, errors and source as `ksSorted`. O(n + m) sorting included.
 *
 * @example kolmogorovSmirnov([1, 2, null, 3], [3, 4, 5]);
 */
export function kolmogorovSmirnov(
  reference: ArrayLike<number | null>,
  current: ArrayLike<number | null>,
): Outcome<KsValue> {
  return ksSorted(sortFloats(cleanColumn(reference).values), sortFloats(cleanColumn(current).values));
}
