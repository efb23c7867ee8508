/** CategoryCount is a category and how often it occurs. */
export type CategoryCount = readonly [name: string, count: number];

/**
 * mostFrequent returns the `limit` most frequent categories, the most frequent first, equal counts by name.
 *
 * O(c·log limit) comparisons for c categories: all of them need not be sorted.
 *
 * @example mostFrequent([["a", 1], ["b", 3]], 1); // [["b", 3]]
 */
export function mostFrequent(categories: Iterable<CategoryCount>, limit: number): CategoryCount[] {
  const kept: CategoryCount[] = [];
  for (const category of categories) {
    if (kept.length >= limit && !comesBefore(category, kept[kept.length - 1]!)) continue;
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comesBefore(category, kept[middle]!)) high = middle;
      else low = middle + 1;
    }
    kept.splice(low, 0, category);
    if (kept.length > limit) kept.pop();
  }
  return kept;
}

/**
 * byCodeUnits orders strings the same on every machine and in every language setting. O(length).
 *
 * @example ["b", "B", "a"].sort(byCodeUnits); // ["B", "a", "b"]
 */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function comesBefore([name, count]: CategoryCount, [otherName, otherCount]: CategoryCount): boolean {
  return count > otherCount || (count === otherCount && name < otherName);
}
