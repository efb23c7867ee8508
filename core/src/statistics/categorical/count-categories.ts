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
  const counts = new Map<string, number>();
  let missing = 0;
  for (const value of column) {
    if (value === null || value === undefined || (typeof value === "number" && Number.isNaN(value))) {
      missing++;
      continue;
    }
    const category = String(value);
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return { counts, missing };
}
