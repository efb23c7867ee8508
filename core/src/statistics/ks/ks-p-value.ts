import { kolmogorovUpperTail } from "../special/kolmogorov-distribution.ts";
import { exactKsUpperTail } from "./exact-ks.ts";

/** KsPValueMethod says how a Kolmogorov–Smirnov p-value was computed. */
export type KsPValueMethod = "exact" | "kolmogorov_limit";

/** Up to this many lattice points (n·m) the exact p-value is counted; it costs about a millisecond there. */
export const EXACT_KS_LATTICE_LIMIT = 250_000;

/** KsPValue is the two-sided p-value of D and how it was computed. */
export type KsPValue = { readonly pValue: number; readonly method: KsPValueMethod };

/**
 * ksPValue returns P(D ≥ statistic) for two samples of one continuous distribution, and says which of two ways it took.
 *
 * Exact by counting lattice paths up to n·m = 250,000, Kolmogorov's limit Q(√(nm/(n+m))·D) above it. With ties both are
 * conservative. Arguments: D in [0, 1]; sample sizes, which may be fractional sums of weights (then always the limit).
 * Range [0, 1]. O(n·m) exact, O(1) limit. Source: Hodges 1958 (counting), Smirnov 1939 (limit).
 *
 * @example ksPValue(0.625, 8, 8); // { pValue: 0.0870240870…, method: "exact" }
 */
export function ksPValue(statistic: number, referenceCount: number, currentCount: number): KsPValue {
  const isCountable = Number.isInteger(referenceCount) && Number.isInteger(currentCount);
  if (isCountable && referenceCount * currentCount <= EXACT_KS_LATTICE_LIMIT) {
    return { pValue: exactKsUpperTail(statistic, referenceCount, currentCount), method: "exact" };
  }
  const effective = referenceCount * (currentCount / (referenceCount + currentCount));
  return { pValue: kolmogorovUpperTail(Math.sqrt(effective) * statistic), method: "kolmogorov_limit" };
}
