export { canonicalText, className, differInCaseOnly, featureText } from "./class-name.ts";
export { isMissingText } from "./is-missing-text.ts";
export { readBoolean } from "./read-boolean.ts";
export { isMissingNumber, readNumber } from "./read-number.ts";
export { readTime, TIME_PATTERN } from "./read-time.ts";
export {
  FALSE_SPELLINGS,
  INFINITY_PATTERN,
  MISSING_SPELLINGS,
  NUMBER_PATTERN,
  SPACES,
  TRUE_SPELLINGS,
  WHOLE_NUMBER_PATTERN,
} from "./spellings.ts";
export { trimSpaces } from "./trim-spaces.ts";
