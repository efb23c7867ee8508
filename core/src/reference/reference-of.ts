import type { Reference, ReferenceChoice } from "../records/index.ts";

/** ChosenReference is what a version is compared with; `isOwn` is false where it was made for another version. */
export interface ChosenReference<Any extends ReferenceOutline = Reference> {
  reference: Any;
  isOwn: boolean;
  /** Real time since when it is the one: a verdict that is older was made with another one. */
  since: number;
}

/** ReferenceOutline is what the choice of a reference looks at. */
export type ReferenceOutline = Pick<Reference, "id" | "version" | "source" | "created_at">;

/**
 * referenceOf returns what `version` of a model is compared with: what a person chose for it, or the newest reference given for it, whichever is
 * later; else the newest given for another version of the model, because the inputs are the same population; else its own first automatic one.
 * Undefined where there is none yet. `references` and `choices` are those of the model. O(n log n).
 */
export function referenceOf<Any extends ReferenceOutline>(input: {
  version: string;
  references: readonly Any[];
  choices: readonly ReferenceChoice[];
}): ChosenReference<Any> | undefined {
  const { version } = input;
  const newestFirst = [...input.references].sort((a, b) => b.created_at - a.created_at);
  const given = newestFirst.filter(({ source }) => source !== "automatic");
  const own = given.find((reference) => reference.version === version);
  const choice = choiceOf(version, input.choices);
  const found = (reference: Any | undefined, since = reference?.created_at ?? 0) =>
    reference === undefined ? undefined : { reference, isOwn: reference.version === version, since };
  // The first automatic reference stays: one that moved with the traffic would forgive every slow drift.
  const automatic = newestFirst.filter(
    (reference) => reference.source === "automatic" && reference.version === version,
  );
  if (choice !== undefined && choice.at >= (own?.created_at ?? 0)) {
    switch (choice.use) {
      case "automatic":
        return found(automatic.filter(({ created_at }) => created_at >= choice.at).at(-1));
      case "reference": {
        const chosen = newestFirst.find(({ id }) => id === choice.reference_id);
        if (chosen !== undefined) return found(chosen, Math.max(choice.at, chosen.created_at));
        break;
      }
      default:
        choice satisfies never;
    }
  }
  // Nothing was compared with another one before the first automatic one was taken.
  return found(own) ?? found(given[0]) ?? found(automatic.at(-1), 0);
}

/** choiceOf returns what a person chose for a version last, or undefined. O(choices). */
export function choiceOf(version: string, choices: readonly ReferenceChoice[]): ReferenceChoice | undefined {
  return choices
    .filter((choice) => choice.version === version)
    .reduce<ReferenceChoice | undefined>(
      (newest, choice) => (newest === undefined || choice.at >= newest.at ? choice : newest),
      undefined,
    );
}
