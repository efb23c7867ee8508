import type { Reference } from "@leeway/core/records";
import type { TimeWindow } from "@leeway/core/window";
import type { AssessWindow } from "../chain/assess-chain.ts";

/** ReferenceSpan is whose rows a reference was made of, and when they came. */
export type ReferenceSpan = Pick<Reference, "version" | "source" | "from" | "to">;

/** isPartOfReference decides whether a reference was taken from rows of a window of `version`. */
export function isPartOfReference(window: TimeWindow, reference: ReferenceSpan, version: string): boolean {
  return (
    reference.source !== "upload" &&
    reference.version === version &&
    window.start < reference.to &&
    window.end > reference.from
  );
}

const REASON = "This window is part of the reference, so it is not compared with it";

/**
 * exceptReference returns the same assessment but for windows that the reference was taken from: a window compared with a reference that contains
 * it would always look well. Uploaded references are rows of their own and contain no window.
 */
export function exceptReference(
  assess: AssessWindow,
  reference: ReferenceSpan,
  version: string,
): AssessWindow {
  return async (window, previousState) => {
    const verdict = await assess(window, previousState);
    if (
      !isPartOfReference(window, reference, version) ||
      verdict.outcome === "immature" ||
      verdict.outcome === "no_data"
    )
      return verdict;
    return {
      outcome: "insufficient_data",
      reason: REASON,
      detail: { ...verdict.detail, outcome: "insufficient_data", reason: REASON, part_of_reference: true },
      state: previousState ?? {},
      blamed: [],
    };
  };
}
