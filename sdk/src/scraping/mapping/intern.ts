const known = new Map<string, string>();
const MOST_KNOWN = 50_000;

/**
 * intern returns an equal text that is kept once. A text that is cut out of a scrape keeps the whole scrape in memory for as long as it lives, and hundreds of targets
 * have the same names. Amortised O(1).
 */
export function intern(text: string): string {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  if (known.size >= MOST_KNOWN) known.clear();
  const copy = Buffer.from(text).toString();
  known.set(copy, copy);
  return copy;
}
