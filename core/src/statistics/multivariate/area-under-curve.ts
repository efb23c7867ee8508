import { insufficientData, type Outcome } from "../outcome.ts";
import { mannWhitneySorted } from "../ranks/mann-whitney.ts";
import { sortFloats } from "../sorting/radix-sort.ts";
import { normalQuantile } from "../special/normal-quantile.ts";

/** SeparationArea is how well a score separates two groups: the chance that one of the second scores above one of the first. */
export type SeparationArea = { area: number; low: number; high: number };

/**
 * separationInterval returns the confidence interval of an area under the ROC curve, on the logit scale.
 *
 * Arguments: the area, the sizes of both groups, the confidence in (0, 1), and by how
 * much the variance exceeds that of independent rows. Range [0, 1]. O(1).
 * Source: Hanley & McNeil 1982; the logit transform keeps the interval inside the range.
 *
 * @example separationInterval(0.8, 100, 100, 0.95); // low 0.73, high 0.85
 */
export function separationInterval(
  area: number,
  n: number,
  m: number,
  confidence = 0.95,
  varianceFactor = 1,
): SeparationArea {
  const bounded = Math.min(1 - 0.5 / (n * m), Math.max(0.5 / (n * m), area));
  const oneAgainstTwo = bounded / (2 - bounded);
  const twoAgainstOne = (2 * bounded * bounded) / (1 + bounded);
  const variance =
    (varianceFactor *
      (bounded * (1 - bounded) +
        (m - 1) * (oneAgainstTwo - bounded * bounded) +
        (n - 1) * (twoAgainstOne - bounded * bounded))) /
    (n * m);
  const logit = Math.log(bounded / (1 - bounded));
  const half = (normalQuantile((1 + confidence) / 2) * Math.sqrt(variance)) / (bounded * (1 - bounded));
  return { area, low: 1 / (1 + Math.exp(half - logit)), high: 1 / (1 + Math.exp(-half - logit)) };
}

/**
 * separationArea returns the area under the ROC curve of a score between two groups of rows, ties counting half.
 *
 * ½ without separation, 1 when every score of the second group is larger. Smallest sample: one a group (`insufficient_data`).
 * O(n + m). Source: Mann & Whitney 1947.
 *
 * @example separationArea(Float64Array.of(1, 2), Float64Array.of(3, 4)); // { outcome: "ok", area: 1 }
 */
export function separationArea(first: Float64Array, second: Float64Array): Outcome<{ area: number }> {
  const ranks = mannWhitneySorted(sortFloats(second), sortFloats(first));
  if (ranks.outcome !== "ok") return insufficientData("a group has no scores");
  return { outcome: "ok", area: ranks.probabilityReferenceLarger };
}
