import type { Cause, IncidentState } from "@leeway/core/records";

const CAUSES: Record<Cause, string> = {
  pipeline: "Input pipeline broke",
  input_drift: "Inputs drifted",
  concept_drift: "Concept drifted",
  serving: "Serving is slow",
  labels: "Labels stopped",
  volume: "Traffic changed",
  blind: "Not evaluated",
};

const MEANINGS: Record<Cause, string> = {
  pipeline: "Something upstream changed what the model is fed: a unit, a type, a missing field.",
  input_drift: "The world that the model sees has moved away from its reference.",
  concept_drift: "The same inputs now lead to other outcomes than the model learned.",
  serving: "Answers come later than the objective allows.",
  labels: "Ground truth no longer arrives as it used to.",
  volume: "Far fewer or far more predictions than usual.",
  blind: "Windows that are due could not be judged, so nothing is known of the model since then.",
};

const STATES: Record<IncidentState, string> = {
  pending: "Pending",
  firing: "Firing",
  acknowledged: "Acknowledged",
  resolved: "Resolved",
};

/** causeName returns a cause as the short name that stands on a badge; messages carry the longer words of `@leeway/core/incidents`. */
export function causeName(cause: Cause): string {
  return CAUSES[cause];
}

/** causeMeaning returns one sentence that says what a cause means. */
export function causeMeaning(cause: Cause): string {
  return MEANINGS[cause];
}

/** incidentStateWords returns the state of an incident as a word. */
export function incidentStateWords(state: IncidentState): string {
  return STATES[state];
}

/** confidenceWords returns how sure the cause is, in words with the number (`likely, 72 %`). */
export function confidenceWords(confidence: number): string {
  const percent = `${Math.round(confidence * 100)}\u00a0%`;
  if (confidence >= 0.9) return `almost certain, ${percent}`;
  if (confidence >= 0.7) return `likely, ${percent}`;
  if (confidence >= 0.4) return `possible, ${percent}`;
  return `a guess, ${percent}`;
}
