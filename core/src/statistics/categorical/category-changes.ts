import type { CategoryCounts } from "./count-categories.ts";
import { type CategoryCount, mostFrequent } from "./most-frequent.ts";

/** NamedShare is a category with how many rows carry it and their share of the non-missing rows. */
export type NamedShare = { readonly name: string; readonly count: number; readonly share: number };

/** CategoryChanges names what appeared and what vanished, the most frequent first. */
export type CategoryChanges = {
  readonly newCategories: readonly NamedShare[];
  readonly newCategoryCount: number;
  readonly vanishedCategories: readonly NamedShare[];
  readonly vanishedCategoryCount: number;
};

/** Categories named in each list; the counts beside them are complete. */
const NAMED = 20;

/**
 * categoryChanges returns the categories only the window has and those only the reference has, most frequent first.
 *
 * At most 20 are named a side; the counts say how many there are. Shares are of the side's non-missing values. O(c).
 *
 * @example categoryChanges(countCategories(["a"]), countCategories(["b"])).newCategories; // [{ name: "b", count: 1, share: 1 }]
 */
export function categoryChanges(reference: CategoryCounts, current: CategoryCounts): CategoryChanges {
  const appeared = onlyIn(current, reference);
  const vanished = onlyIn(reference, current);
  return {
    newCategories: named(appeared, current),
    newCategoryCount: appeared.length,
    vanishedCategories: named(vanished, reference),
    vanishedCategoryCount: vanished.length,
  };
}

function onlyIn(side: CategoryCounts, other: CategoryCounts): CategoryCount[] {
  return [...side.counts].filter(([name, count]) => count > 0 && (other.counts.get(name) ?? 0) === 0);
}

function named(categories: readonly CategoryCount[], side: CategoryCounts): NamedShare[] {
  let total = 0;
  for (const count of side.counts.values()) total += count;
  return mostFrequent(categories, NAMED).map(([name, count]) => ({ name, count, share: count / total }));
}
