import {
  hellingerDistance,
  jensenShannonDistance,
  klDivergence,
  maxProportionChange,
  totalVariationDistance,
} from "../distances/histogram-distances.ts";
import type { Outcome } from "../outcome.ts";
import { withMissingBin } from "../psi/numeric-psi.ts";
import { type PsiValue, psiFromCounts } from "../psi/psi-from-counts.ts";
import { type CategoryBins, categoryBins } from "./category-bins.ts";
import { type CategoryChanges, categoryChanges } from "./category-changes.ts";
import { type ChiSquareValue, chiSquareContingency } from "./chi-square-contingency.ts";
import type { CategoryCounts } from "./count-categories.ts";

/** CategoricalDrift is every statistic of one categorical feature; each says for itself where it has no value. */
export type CategoricalDrift = {
  readonly bins: CategoryBins;
  readonly changes: CategoryChanges;
  /** Missing values are a bin of their own here, and only here. */
  readonly psi: Outcome<PsiValue>;
  readonly chiSquare: Outcome<ChiSquareValue>;
  readonly jensenShannon: Outcome<{ value: number }>;
  readonly hellinger: Outcome<{ value: number }>;
  readonly totalVariation: Outcome<{ value: number }>;
  readonly maxChange: Outcome<{ value: number }>;
  readonly kullbackLeibler: Outcome<{ value: number }>;
};

/**
 * categoricalDrift returns how a categorical feature's window differs from its reference, from the counts of each category.
 *
 * Arguments: counts a side (`countCategories`, or from roll-ups); `limit` bins before the rest is pooled (`categoryBins`).
 * Ranges, smallest samples and sources as the functions it is made of. O(c log c) for c categories.
 *
 * @example categoricalDrift(countCategories(["a", "b"]), countCategories(["a", "c"])).changes.newCategories[0]?.name; // "c"
 */
export function categoricalDrift(
  reference: CategoryCounts,
  current: CategoryCounts,
  limit?: number,
): CategoricalDrift {
  const bins = categoryBins(reference, current, limit);
  const withMissing = withMissingBin(bins.reference, bins.current, {
    reference: reference.missing,
    current: current.missing,
  });
  return {
    bins,
    changes: categoryChanges(reference, current),
    psi: psiFromCounts(withMissing.reference, withMissing.current),
    chiSquare: chiSquareContingency([bins.reference, bins.current]),
    jensenShannon: jensenShannonDistance(bins.reference, bins.current),
    hellinger: hellingerDistance(bins.reference, bins.current),
    totalVariation: totalVariationDistance(bins.reference, bins.current),
    maxChange: maxProportionChange(bins.reference, bins.current),
    kullbackLeibler: klDivergence(bins.reference, bins.current),
  };
}
