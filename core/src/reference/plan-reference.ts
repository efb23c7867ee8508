import type { Reference, ReferenceChoice } from "../records/index.ts";
import { type ChosenReference, choiceOf, type ReferenceOutline, referenceOf } from "./reference-of.ts";

/** ReferencePlan is what a version is compared with, or from when on its own rows may become its reference. */
export type ReferencePlan<Any extends ReferenceOutline = Reference> =
  | ({ outcome: "chosen" } & ChosenReference<Any>)
  | { outcome: "take_automatic"; first: number };

/** planReference returns what a version is compared with, or from which of its rows on `automaticSpan` has to look. O(n log n). */
export function planReference<Any extends ReferenceOutline>(input: {
  version: string;
  references: readonly Any[];
  choices: readonly ReferenceChoice[];
  /** Event time from which the version's traffic is continuous. */
  firstSeen: number;
}): ReferencePlan<Any> {
  const chosen = referenceOf(input);
  if (chosen !== undefined) return { outcome: "chosen", ...chosen };
  const choice = choiceOf(input.version, input.choices);
  const from = choice?.use === "automatic" ? choice.from : undefined;
  return { outcome: "take_automatic", first: Math.max(input.firstSeen, from ?? input.firstSeen) };
}
