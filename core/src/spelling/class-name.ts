import { isMissingText } from "./is-missing-text.ts";
import { readBoolean } from "./read-boolean.ts";
import { WHOLE_NUMBER_PATTERN } from "./spellings.ts";
import { trimSpaces } from "./trim-spaces.ts";

const WHOLE_NUMBER = new RegExp(WHOLE_NUMBER_PATTERN);

/**
 * canonicalText returns a text in its one spelling: `1.0` is `1`, `True` is `true`, and all else stays as it is. O(length).
 *
 * @example canonicalText("1.0"); // "1"
 */
export function canonicalText(text: string): string {
  const isTrue = readBoolean(text);
  if (isTrue !== undefined) return isTrue ? "true" : "false";
  const trimmed = trimSpaces(text);
  const whole = WHOLE_NUMBER.exec(trimmed)?.[1] ?? (trimmed === "-0" ? trimmed : undefined);
  if (whole === undefined) return text;
  return whole === "-0" ? "0" : whole;
}

/**
 * className returns the one spelling of a class (of a label or a prediction), or undefined where the value says that there is none. Case is never folded: `Fraud` and
 * `fraud` are two classes. O(length).
 *
 * @example className(1); // "1"
 * @example className("1.0"); // "1"
 * @example className("True"); // "true"
 * @example className("NaN"); // undefined
 */
export function className(value: string | number | boolean | null | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value === "boolean") return String(value);
  return isMissingText(value) ? undefined : canonicalText(trimSpaces(value));
}

/**
 * featureText returns the one spelling of a feature's text, or null where it says that the value is missing. A text stays a text: who sends `"1.0"` in quotes has a
 * category and not a number. O(length).
 *
 * @example featureText("True"); // "true"
 * @example featureText("<NA>"); // null
 */
export function featureText(text: string): string | null {
  return isMissingText(text) ? null : canonicalText(text);
}

/**
 * differInCaseOnly says whether two classes are the same but for the case of their letters, which a reason should name. O(length).
 *
 * @example differInCaseOnly("Fraud", "fraud"); // true
 */
export function differInCaseOnly(a: string, b: string): boolean {
  return a !== b && a.toLowerCase() === b.toLowerCase();
}
