/** PValueAdjustment names a way to correct many p-values for their number. */
export type PValueAdjustment = "benjamini_hochberg" | "benjamini_yekutieli" | "holm" | "bonferroni";

/**
 * adjustPValues returns the p-values corrected for testing them together, in their order, by the named method.
 *
 * Benjamini–Hochberg and –Yekutieli bound the share of false discoveries, Holm and Bonferroni the chance of any.
 * Reject where adjusted ≤ alpha. Arguments: p-values in [0, 1] without NaN, any number of them (none: none back).
 * Range [p, 1]. O(k log k). Source: Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001; Holm 1979.
 *
 * @example adjustPValues([0.01, 0.04, 0.03], "benjamini_hochberg"); // [0.03, 0.04, 0.04]
 */
export function adjustPValues(pValues: ArrayLike<number>, method: PValueAdjustment): number[] {
  const count = pValues.length;
  switch (method) {
    case "benjamini_hochberg":
      return stepUp(pValues, 1);
    case "benjamini_yekutieli": {
      let harmonic = 0;
      for (let k = 1; k <= count; k++) harmonic += 1 / k;
      return stepUp(pValues, harmonic);
    }
    case "holm":
      return stepDown(pValues);
    case "bonferroni":
      return Array.from(pValues, (p) => Math.min(1, p * count));
    default:
      return method satisfies never;
  }
}

/**
 * benjaminiHochberg returns the p-values adjusted so that rejecting those ≤ alpha keeps the false discovery rate at alpha.
 *
 * Arguments, range and cost as `adjustPValues`. Source: Benjamini & Hochberg 1995.
 *
 * @example benjaminiHochberg([0.01, 0.04, 0.03]); // [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): number[] {
  return stepUp(pValues, 1);
}

function ascendingOrder(pValues: ArrayLike<number>): number[] {
  return Array.from(pValues, (_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
}

function stepUp(pValues: ArrayLike<number>, factor: number): number[] {
  const order = ascendingOrder(pValues);
  const adjusted = new Array<number>(order.length);
  let smallest = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const index = order[rank - 1]!;
    smallest = Math.min(smallest, (pValues[index]! * factor * order.length) / rank);
    adjusted[index] = smallest;
  }
  return adjusted;
}

function stepDown(pValues: ArrayLike<number>): number[] {
  const order = ascendingOrder(pValues);
  const adjusted = new Array<number>(order.length);
  let largest = 0;
  order.forEach((index, position) => {
    largest = Math.max(largest, Math.min(1, pValues[index]! * (order.length - position)));
    adjusted[index] = largest;
  });
  return adjusted;
}
