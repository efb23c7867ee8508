import { MISSING_SPELLINGS } from "./spellings.ts";
import { trimSpaces } from "./trim-spaces.ts";

const MISSING: ReadonlySet<string> = new Set(MISSING_SPELLINGS);
const LONGEST = Math.max(...MISSING_SPELLINGS.map(({ length }) => length));

/**
 * isMissingText says whether a text says that there is no value. O(length).
 *
 * @example isMissingText("NaN"); // true
 * @example isMissingText("none"); // false: a class or category may have that name
 */
export function isMissingText(text: string): boolean {
  const trimmed = trimSpaces(text);
  return trimmed.length <= LONGEST && MISSING.has(trimmed);
}
