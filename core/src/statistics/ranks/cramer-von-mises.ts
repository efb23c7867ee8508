import { insufficientData, type Outcome } from "../outcome.ts";
import { cramerVonMisesUpperTail } from "../special/quadratic-form-tail.ts";

/** CramerVonMisesValue is a two-sample Cramér–von Mises result. */
export type CramerVonMisesValue = { statistic: number; pValue: number };

/**
 * cramerVonMisesSorted returns the two-sample Cramér–von Mises test T = nm/(n+m)² Σ (F_ref − F_cur)² over the pooled values.
 *
 * For: like Kolmogorov–Smirnov, but weighing differences everywhere. T ≥ 0, larger is further apart, symmetric; the form with
 * distribution functions is right with ties, where the mid-rank form is not. The p-value is the limit with Anderson's correction.
 * Arguments: ascending numbers without NaN. Smallest sample: two values a side (`insufficient_data`). O(n + m).
 * Source: Anderson 1962.
 *
 * @example cramerVonMisesSorted(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)); // statistic 0.75
 */
export function cramerVonMisesSorted(
  reference: Float64Array,
  current: Float64Array,
): Outcome<CramerVonMisesValue> {
  const n = reference.length;
  const m = current.length;
  if (n < 2) return insufficientData("the reference has fewer than two values");
  if (m < 2) return insufficientData("the window has fewer than two values");
  let i = 0;
  let j = 0;
  let sum = 0;
  while (i < n || j < m) {
    const a = i < n ? reference[i]! : Number.POSITIVE_INFINITY;
    const b = j < m ? current[j]! : Number.POSITIVE_INFINITY;
    const x = Math.min(a, b);
    const before = i + j;
    while (i < n && reference[i]! === x) i++;
    while (j < m && current[j]! === x) j++;
    const gap = i / n - j / m;
    sum += (i + j - before) * gap * gap;
  }
  const total = n + m;
  const statistic = sum * (n / total) * (m / total);
  return { outcome: "ok", statistic, pValue: pValueOf(statistic, n, m) };
}

// The statistic is moved to the mean and spread of the limit before its tail is read (Anderson 1962).
function pValueOf(statistic: number, n: number, m: number): number {
  const total = n + m;
  const product = n * m;
  const mean = (1 + 1 / total) / 6;
  const variance =
    ((total + 1) * (4 * product * total - 3 * (n * n + m * m) - 2 * product)) /
    (45 * total * total * 4 * product);
  const standardised = 1 / 6 + (statistic - mean) / Math.sqrt(45 * variance);
  return standardised < 0.003 ? 1 : cramerVonMisesUpperTail(standardised);
}
