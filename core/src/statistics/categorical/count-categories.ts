/** CategoryCounts is how often each category occurs, and how many values are missing. */
export type CategoryCounts = { readonly counts: ReadonlyMap<string, number>; readonly missing: number };

/**
 * countCategories returns how often each value of a column occurs, as exact strings; null, undefined and NaN are missing.
 *
 * The empty string is a category; booleans and numbers are named as JSON writes them. O(n).
 *
 * @example countCategories(["a", null, true]); // counts a → 1, true → 1; missing 1
 */
export function countCategories(
  column: Iterable<string | number | boolean | null | undefined>,
): CategoryCounts {
  // One lookup a row: the map holds a cell to count in, not the count.
  const tallies = new Map<string, { count: number }>();
  let missing = 0;
  for (const value of column) {
    if (value === null || value === undefined || (typeof value === "number" && Number.isNaN(value))) {
      missing++;
      continue;
    }
    const category = typeof value === "string" ? value : String(value);
    const tally = tallies.get(category);
    if (tally === undefined) tallies.set(category, { count: 1 });
    else tally.count++;
  }
  return { counts: new Map(Array.from(tallies, ([name, { count }]) => [name, count])), missing };
}
