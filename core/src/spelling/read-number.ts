import { isMissingText } from "./is-missing-text.ts";
import { INFINITY_PATTERN, MISSING_SPELLINGS, NUMBER_PATTERN } from "./spellings.ts";
import { trimSpaces } from "./trim-spaces.ts";

const NUMBER = new RegExp(NUMBER_PATTERN);
const INFINITY = new RegExp(INFINITY_PATTERN);
const MISSING_IN_ANY_CASE: ReadonlySet<string> = new Set(MISSING_SPELLINGS.map((text) => text.toLowerCase()));

/**
 * readNumber returns the finite number that a text spells, else undefined. A text with leading zeros is a code and no number. O(length).
 *
 * @example readNumber("1.50"); // 1.5
 * @example readNumber("007"); // undefined
 */
export function readNumber(text: string): number | undefined {
  const trimmed = trimSpaces(text);
  if (!NUMBER.test(trimmed)) return undefined;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : undefined;
}

/**
 * isMissingNumber says whether a text in a column of numbers says that the number is missing. There no name can be meant, so the case of the letters does not
 * matter, and infinities are missing, too. O(length).
 *
 * @example isMissingNumber("none"); // true
 */
export function isMissingNumber(text: string): boolean {
  if (isMissingText(text)) return true;
  const lower = trimSpaces(text).toLowerCase();
  return (
    MISSING_IN_ANY_CASE.has(lower) ||
    INFINITY.test(lower) ||
    (NUMBER.test(lower) && !Number.isFinite(Number(lower)))
  );
}
