import type { CategoryCounts } from "./count-categories.ts";
import { byCodeUnits, mostFrequent } from "./most-frequent.ts";

/** CategoryBins are two histograms over the same categories, pooled where there are too many. */
export type CategoryBins = {
  readonly labels: readonly CategoryLabel[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
};

/** CategoryLabel names a bin: one category, the pooled known rest, or everything the reference never had. */
export type CategoryLabel =
  | { readonly kind: "category"; readonly name: string }
  | { readonly kind: "rest"; readonly categories: number }
  | { readonly kind: "new"; readonly categories: number };

/** Up to this many different categories each has a bin of its own. */
export const MAX_CATEGORY_BINS = 200;

/**
 * categoryBins returns both sides' counts over common bins: one per category, or the most frequent ones and two pools.
 *
 * With more than `limit` different categories: the `limit` most frequent of the reference, one bin for its others, one bin for
 * those it never had. Otherwise a bin each, unseen ones by name. Bins are ordered by name (code units), pools last.
 * O(c log limit) for c categories.
 *
 * @example categoryBins(countCategories(["a", "b"]), countCategories(["b", "c"])); // labels a, b, c
 */
export function categoryBins(
  reference: CategoryCounts,
  current: CategoryCounts,
  limit = MAX_CATEGORY_BINS,
): CategoryBins {
  const all = new Set([...reference.counts.keys(), ...current.counts.keys()]);
  if (all.size <= limit) return binsOf([...all].sort(byCodeUnits), reference, current);
  const kept = mostFrequent(reference.counts, limit)
    .map(([name]) => name)
    .sort(byCodeUnits);
  const bins = binsOf(kept, reference, current);
  const keptNames = new Set(kept);
  const pools = {
    rest: { categories: 0, reference: 0, current: 0 },
    new: { categories: 0, reference: 0, current: 0 },
  };
  for (const name of all) {
    if (keptNames.has(name)) continue;
    const pool = reference.counts.has(name) ? pools.rest : pools.new;
    pool.categories++;
    pool.reference += reference.counts.get(name) ?? 0;
    pool.current += current.counts.get(name) ?? 0;
  }
  return {
    labels: [
      ...bins.labels,
      { kind: "rest", categories: pools.rest.categories },
      { kind: "new", categories: pools.new.categories },
    ],
    reference: [...bins.reference, pools.rest.reference, pools.new.reference],
    current: [...bins.current, pools.rest.current, pools.new.current],
  };
}

function binsOf(names: readonly string[], reference: CategoryCounts, current: CategoryCounts): CategoryBins {
  return {
    labels: names.map((name) => ({ kind: "category", name })),
    reference: names.map((name) => reference.counts.get(name) ?? 0),
    current: names.map((name) => current.counts.get(name) ?? 0),
  };
}
