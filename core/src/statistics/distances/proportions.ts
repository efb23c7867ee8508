import { insufficientData, type NotComputable, notDefined } from "../outcome.ts";

/** Proportions are two histograms over the same bins, each divided by its total. */
export type Proportions = { readonly outcome: "ok"; readonly p: Float64Array; readonly q: Float64Array };

/**
 * proportionsOf returns both histograms as proportions that sum to 1, p the reference's and q the window's, or why it cannot.
 *
 * Arguments: counts or weights over the same bins. `insufficient_data` when a side is empty; `not_defined` when bins differ or
 * a count is negative or not finite. O(bins).
 *
 * @example proportionsOf([1, 3], [2, 2]); // { outcome: "ok", p: [0.25, 0.75], q: [0.5, 0.5] }
 */
export function proportionsOf(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): Proportions | NotComputable {
  if (reference.length !== current.length) {
    return notDefined(`${reference.length} reference bins against ${current.length}`);
  }
  const p = normalise(reference);
  const q = normalise(current);
  if (p === "invalid" || q === "invalid") return notDefined("a count is negative or not finite");
  if (p === "empty") return insufficientData("the reference has no values");
  if (q === "empty") return insufficientData("the window has no values");
  return { outcome: "ok", p, q };
}

function normalise(counts: ArrayLike<number>): Float64Array | "empty" | "invalid" {
  let total = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (!(count >= 0) || count === Number.POSITIVE_INFINITY) return "invalid";
    total += count;
  }
  if (total === 0) return "empty";
  const proportions = Float64Array.from(counts);
  for (let i = 0; i < proportions.length; i++) proportions[i]! /= total;
  return proportions;
}
