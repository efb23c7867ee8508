export { CAUSE_WORDS, causeWords } from "./cause-words.ts";
export { formatNumber, formatPValue, formatShare, formatWindowStart } from "./format-number.ts";
export { didYouMean, nearestName } from "./nearest-name.ts";
