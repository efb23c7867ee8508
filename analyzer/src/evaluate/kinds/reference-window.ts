import type { Reference } from "@leeway/core/records";
import type { TimeWindow } from "@leeway/core/window";
import type { WindowVerdict } from "../chain/assess-chain.ts";

const REASON = "This window is part of the reference, so it is not held against it";

/**
 * exceptReference returns the same assessment but for windows that the reference was taken from: a window held against a reference that contains
 * it would always look well. Uploaded references are rows of their own and contain no window.
 */
export function exceptReference(
  assess: (window: TimeWindow, previousState: object | undefined) => WindowVerdict,
  reference: Pick<Reference, "version" | "source" | "from" | "to">,
  version: string,
): (window: TimeWindow, previousState: object | undefined) => WindowVerdict {
  return (window, previousState) => {
    const verdict = assess(window, previousState);
    const isPart =
      reference.source !== "upload" &&
      reference.version === version &&
      window.start < reference.to &&
      window.end > reference.from;
    if (!isPart || verdict.outcome === "immature" || verdict.outcome === "no_data") return verdict;
    return {
      outcome: "insufficient_data",
      reason: REASON,
      detail: { ...verdict.detail, outcome: "insufficient_data", reason: REASON },
      state: previousState ?? {},
      blamed: [],
    };
  };
}
