export {
  isLike,
  isSilenced,
  type MatchedIncident,
  matchesIncident,
  type SilenceMatchers,
} from "./match-silence.ts";
export { PREVIEW_DAYS, previewSilence, type SilencePreview } from "./preview-silence.ts";
export {
  rhythmInput,
  type SilenceInput,
  silenceInputSchema,
  silenceMatcherInput,
  silenceOf,
} from "./silence-input.ts";
export { isInForce, rhythmEnd, type SilenceSpan, silenceSpan } from "./silence-span.ts";
export { silenceWords } from "./silence-words.ts";
export { isTimeZone } from "./wall-clock.ts";
