export { CAUSE_WORDS, causeWords } from "./cause-words.ts";
export { countWords } from "./count-words.ts";
export { formatNumber, formatPValue, formatShare, formatWindowStart } from "./format-number.ts";
export { didYouMean, nearestName } from "./nearest-name.ts";
export { SEVERITY_WORDS, severityWords } from "./severity-words.ts";
export { versionWords } from "./version-words.ts";
