export { ageWords } from "./age-words.ts";
export { declareDuration } from "./declare-duration.ts";
export { formatDuration } from "./format-duration.ts";
export { DURATION_PATTERN, parseDuration } from "./parse-duration.ts";
