import type { Cause } from "../records/index.ts";

/** CAUSE_WORDS is each cause in the words that stand first in everything a person reads. */
export const CAUSE_WORDS: Record<Cause, string> = {
  pipeline: "Input pipeline broken",
  input_drift: "Inputs drifted",
  concept_drift: "Concept drift: outcomes no longer follow the inputs as they did",
  serving: "Serving objective missed",
  labels: "Labels are missing or wrong",
  volume: "Traffic changed",
  blind: "Not evaluated",
};

/** causeWords returns the cause in words, for a heading. O(1). */
export function causeWords(cause: Cause): string {
  return CAUSE_WORDS[cause];
}
