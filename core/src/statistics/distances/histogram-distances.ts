import type { Outcome } from "../outcome.ts";
import { proportionsOf } from "./proportions.ts";

/**
 * jensenShannonDistance returns the Jensen–Shannon distance: the square root of the base-2 divergence of each side from their mean.
 *
 * For: the size of a shift on a bounded scale. Range [0, 1], 1 when no bin is shared, symmetric, a metric.
 * Arguments: counts or proportions over the same bins. Smallest sample: one value a side; errors as `proportionsOf`. O(bins).
 * Source: Lin 1991; Endres & Schindelin 2003.
 *
 * @example jensenShannonDistance([1, 0], [0, 1]); // { outcome: "ok", value: 1 }
 */
export function jensenShannonDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): Outcome<{ value: number }> {
  const sides = proportionsOf(reference, current);
  if (sides.outcome !== "ok") return sides;
  let divergence = 0;
  for (let bin = 0; bin < sides.p.length; bin++) {
    const p = sides.p[bin]!;
    const q = sides.q[bin]!;
    divergence += relativeTerm(p, (p + q) / 2) + relativeTerm(q, (p + q) / 2);
  }
  return { outcome: "ok", value: Math.sqrt(Math.min(1, Math.max(0, divergence / 2 / Math.LN2))) };
}

/**
 * hellingerDistance returns the Hellinger distance √(½ Σ (√p − √q)²).
 *
 * Range [0, 1], 1 when no bin is shared, symmetric. Arguments and errors as `jensenShannonDistance`. O(bins).
 * Source: Hellinger 1909.
 *
 * @example hellingerDistance([1, 1], [1, 1]); // { outcome: "ok", value: 0 }
 */
export function hellingerDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): Outcome<{ value: number }> {
  return foldBins(
    reference,
    current,
    (sum, p, q) => sum + (Math.sqrt(p) - Math.sqrt(q)) ** 2,
    (sum) => Math.min(1, Math.sqrt(sum / 2)),
  );
}

/**
 * totalVariationDistance returns the total variation distance ½ Σ |p − q|: the largest change of any event's probability.
 *
 * Range [0, 1], symmetric. Arguments and errors as `jensenShannonDistance`. O(bins).
 *
 * @example totalVariationDistance([1, 1], [3, 1]); // { outcome: "ok", value: 0.25 }
 */
export function totalVariationDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): Outcome<{ value: number }> {
  return foldBins(
    reference,
    current,
    (sum, p, q) => sum + Math.abs(p - q),
    (sum) => Math.min(1, sum / 2),
  );
}

/**
 * maxProportionChange returns the L-infinity distance max |p − q|: the largest change of any one bin's share.
 *
 * Range [0, 1], symmetric. Arguments and errors as `jensenShannonDistance`. O(bins).
 *
 * @example maxProportionChange([1, 1], [3, 1]); // { outcome: "ok", value: 0.25 }
 */
export function maxProportionChange(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): Outcome<{ value: number }> {
  return foldBins(
    reference,
    current,
    (largest, p, q) => Math.max(largest, Math.abs(p - q)),
    (value) => value,
  );
}

/**
 * klDivergence returns the Kullback–Leibler divergence of the window from the reference, Σ q ln(q/p), in nats.
 *
 * Range [0, ∞); not symmetric. Arguments as `jensenShannonDistance`; `not_defined` where the window has values in a bin the
 * reference has none in (the divergence is infinite there). O(bins). Source: Kullback & Leibler 1951.
 *
 * @example klDivergence([1, 1], [3, 1]); // { outcome: "ok", value: 0.1308… }
 */
export function klDivergence(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): Outcome<{ value: number }> {
  const folded = foldBins(
    reference,
    current,
    (sum, p, q) => sum + relativeTerm(q, p),
    (sum) => Math.max(0, sum),
  );
  if (folded.outcome === "ok" && folded.value === Number.POSITIVE_INFINITY) {
    return { outcome: "not_defined", reason: "infinite: the window has values where the reference has none" };
  }
  return folded;
}

// x·ln(x/y) with the limits 0·ln 0 = 0 and x·ln(x/0) = ∞.
function relativeTerm(x: number, y: number): number {
  return x === 0 ? 0 : x * Math.log(x / y);
}

function foldBins(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  add: (sum: number, p: number, q: number) => number,
  finish: (sum: number) => number,
): Outcome<{ value: number }> {
  const sides = proportionsOf(reference, current);
  if (sides.outcome !== "ok") return sides;
  let sum = 0;
  for (let bin = 0; bin < sides.p.length; bin++) sum = add(sum, sides.p[bin]!, sides.q[bin]!);
  return { outcome: "ok", value: finish(sum) };
}
