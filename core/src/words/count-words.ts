import { formatNumber } from "./format-number.ts";

/**
 * countWords returns a count with its noun, in the singular where it is one. O(1).
 *
 * @example countWords(1, "row"); // "1 row"
 */
export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
