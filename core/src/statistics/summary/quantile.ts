import { insufficientData, notDefined, type Outcome } from "../outcome.ts";

/**
 * quantileSorted returns the q-quantile of ascending numbers by linear interpolation (Hyndman–Fan type 7, numpy's default).
 *
 * Arguments: at least one ascending number without NaN; 0 ≤ q ≤ 1. Result in the unit of the values, between their minimum
 * and maximum. Between −Infinity and +Infinity, where interpolation has no meaning, the nearer one is taken. O(1).
 * Source: Hyndman & Fan 1996; the two-sided interpolation of numpy, which is monotone in q.
 *
 * @example quantileSorted([1, 2, 3, 4], 0.5); // 2.5
 */
export function quantileSorted(ascending: ArrayLike<number>, q: number): number {
  // A level written with up to six decimals is meant as that fraction: 0.9 as a double is a little more, which can shift a cut.
  const millionths = Math.round(q * 1e6);
  if (millionths / 1e6 === q) return quantileOfParts(ascending, millionths, 1e6);
  const position = (ascending.length - 1) * q;
  const index = Math.floor(position);
  return interpolate(ascending, index, position - index);
}

/**
 * quantileOfParts returns the k-th of the quantiles that cut ascending numbers into `parts` equal parts, its position computed in whole numbers.
 *
 * A cut that falls on a value is exactly that value, which k/parts as a double cannot promise. Otherwise as `quantileSorted`. O(1).
 *
 * @example quantileOfParts([0, 1, 2, 3, 4], 1, 4); // 1
 */
export function quantileOfParts(ascending: ArrayLike<number>, k: number, parts: number): number {
  const position = (ascending.length - 1) * k;
  return interpolate(ascending, Math.floor(position / parts), (position % parts) / parts);
}

function interpolate(ascending: ArrayLike<number>, index: number, weight: number): number {
  const low = ascending[index]!;
  const high = ascending[Math.min(index + 1, ascending.length - 1)]!;
  if (weight === 0 || low === high) return low;
  const difference = high - low;
  if (difference === Number.POSITIVE_INFINITY) {
    const isBetweenInfinities = low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY;
    if (isBetweenInfinities) return weight < 0.5 ? low : high;
    return low * (1 - weight) + high * weight;
  }
  return weight < 0.5 ? low + difference * weight : high - difference * (1 - weight);
}

/**
 * quantile returns the q-quantile (type 7) of ascending numbers, or says why there is none.
 *
 * Smallest sample: 1. Errors: `insufficient_data` for no values, `not_defined` for q outside [0, 1]. O(1).
 *
 * @example quantile(Float64Array.of(1, 2, 3, 4), 0.25); // { outcome: "ok", value: 1.75 }
 */
export function quantile(ascending: ArrayLike<number>, q: number): Outcome<{ value: number }> {
  if (!(q >= 0 && q <= 1)) return notDefined(`a quantile needs 0 ≤ q ≤ 1, not ${q}`);
  if (ascending.length === 0) return insufficientData("no values");
  return { outcome: "ok", value: quantileSorted(ascending, q) };
}
