import type { VersionComparison } from "../performance/index.ts";
import type { RetrainingVerdict } from "../records/index.ts";

/** What the verdict speaks of: the versions, and the event time that was compared. */
export interface RetrainedQuestion {
  oldVersion: string;
  newVersion: string;
  from: number;
  to: number;
  at: number;
}

/**
 * decideRetrained returns what to do with a retrained version: promote it where it is better on the same mature labels, keep the old one where it is worse, or wait,
 * for about how many more labels. The comparison's interval holds at every look, so that one may ask again with every label. O(1).
 */
export function decideRetrained(
  comparison: Pick<VersionComparison, "verdict" | "primary" | "losses" | "reason">,
  { oldVersion, newVersion, from, to, at }: RetrainedQuestion,
): RetrainingVerdict {
  const loss = comparison.primary === null ? undefined : comparison.losses[comparison.primary];
  const isKnown = loss?.outcome === "ok";
  const more = isKnown ? loss.moreLabels : null;
  const shared = { labels: isKnown ? loss.rows : 0, more_labels: more, from, to, at };
  const because = comparison.reason;
  switch (comparison.verdict) {
    case "better":
      return { verdict: "promote", sentence: `Promote version ${newVersion}. ${because}`, ...shared };
    case "worse":
      return { verdict: "worse", sentence: `Keep version ${oldVersion}. ${because}`, ...shared };
    case "cannot_tell": {
      const howMany = more === null || more <= 0 ? "for more labels" : `for about ${more} more labels`;
      return { verdict: "wait", sentence: `Wait ${howMany}. ${because}`, ...shared };
    }
    case "not_defined":
      return { verdict: "not_defined", sentence: because, ...shared };
    default:
      return comparison.verdict satisfies never;
  }
}

/** isSettled decides whether a verdict is final: a version that is better or worse stays so. */
export function isSettled(verdict: RetrainingVerdict | undefined): boolean {
  return verdict?.verdict === "promote" || verdict?.verdict === "worse";
}
