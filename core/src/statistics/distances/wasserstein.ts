import { insufficientData, notDefined, type Outcome } from "../outcome.ts";

/** WassersteinValue is the Wasserstein-1 distance, raw and in units of the reference's standard deviation. */
export type WassersteinValue = {
  /** Mean distance every value has to move, in the feature's unit. */
  distance: number;
  /** distance / population standard deviation of the reference; null where that is 0. */
  normalized: number | null;
};

/**
 * wassersteinSorted returns the Wasserstein-1 (earth mover's) distance ∫|F_ref − F_cur| dx of two ascending samples.
 *
 * For: how far a numeric feature moved, in its own unit or in reference standard deviations. Range [0, ∞), symmetric before
 * division. Arguments: ascending finite numbers; the reference's population standard deviation (0: `normalized` is null).
 * Smallest sample: one value a side. `not_defined` for infinite values or where the distance exceeds the largest double.
 * O(n + m). Source: Vallender 1974.
 *
 * @example wassersteinSorted(Float64Array.of(0, 1), Float64Array.of(1, 2), 0.5); // distance 1, normalized 2
 */
export function wassersteinSorted(
  reference: Float64Array,
  current: Float64Array,
  referenceStandardDeviation: number,
): Outcome<WassersteinValue> {
  const n = reference.length;
  const m = current.length;
  if (n === 0) return insufficientData("the reference has no values");
  if (m === 0) return insufficientData("the window has no values");
  const ends = [reference[0]!, reference[n - 1]!, current[0]!, current[m - 1]!];
  if (!ends.every(Number.isFinite)) return notDefined("a value is infinite, so the distance is too");
  // Values near the largest double would overflow when subtracted; a power of two changes no digit.
  const scale = ends.some((end) => Math.abs(end) > 1e300) ? 2 ** -64 : 1;
  let i = 0;
  let j = 0;
  let distance = 0;
  let previous = Math.min(ends[0]!, ends[2]!);
  while (i < n || j < m) {
    const a = i < n ? reference[i]! : Number.POSITIVE_INFINITY;
    const b = j < m ? current[j]! : Number.POSITIVE_INFINITY;
    const x = Math.min(a, b);
    const gap = Math.abs(i * m - j * n);
    if (gap !== 0) distance += gap * (x * scale - previous * scale);
    while (i < n && reference[i]! === x) i++;
    while (j < m && current[j]! === x) j++;
    previous = x;
  }
  return finishWasserstein(distance / n / m / scale, referenceStandardDeviation);
}

/**
 * finishWasserstein returns the distance with its normalised form, or why it has none. O(1).
 *
 * @example finishWasserstein(2, 4); // { outcome: "ok", distance: 2, normalized: 0.5 }
 */
export function finishWasserstein(
  distance: number,
  referenceStandardDeviation: number,
): Outcome<WassersteinValue> {
  if (!Number.isFinite(distance)) return notDefined("the distance exceeds the largest double");
  const ratio = distance / referenceStandardDeviation;
  const normalized = referenceStandardDeviation > 0 && Number.isFinite(ratio) ? ratio : null;
  return { outcome: "ok", distance, normalized };
}
