import { z } from "zod";

/** PAGE_BYTES is how large a page of an answer may be, as JSON: a longer one goes on by its cursor. */
export const PAGE_BYTES = 2_000_000;

/** nextCursor is what `cursor` of the next request says; null on the last page. */
export const nextCursor = z.string().nullable();

/** PageBudget counts what a page holds. */
export interface PageBudget {
  /** Takes an item where it fits, and says whether it did. The first always fits. */
  takes(item: unknown): boolean;
}

/** createPageBudget returns a budget of at most `limit` items and `PAGE_BYTES` bytes. */
export function createPageBudget(limit: number): PageBudget {
  let items = 0;
  let bytes = 0;
  return {
    takes(item) {
      const size = Buffer.byteLength(JSON.stringify(item)) + 1;
      if (items >= limit || (items > 0 && bytes + size > PAGE_BYTES)) return false;
      items += 1;
      bytes += size;
      return true;
    },
  };
}
