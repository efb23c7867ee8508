export {
  type AutomaticSpan,
  automaticSpan,
  REFERENCE_ROWS,
  REFERENCE_WINDOWS,
  referenceMonitor,
} from "./automatic-span.ts";
export {
  type ContinuousTraffic,
  continuousTraffic,
  SPELL_GAP_DAYS,
  type Spell,
} from "./continuous-traffic.ts";
export { planReference, type ReferencePlan } from "./plan-reference.ts";
export {
  type ReferenceEffect,
  type ReferenceState,
  referenceChangeSentence,
  referenceEffects,
} from "./reference-effects.ts";
export { type ChosenReference, choiceOf, type ReferenceOutline, referenceOf } from "./reference-of.ts";
