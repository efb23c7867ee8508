import type { VersionHealthFacts } from "./health-facts.ts";
import type { HealthFinding } from "./health-finding.ts";
import type { TornRows } from "./torn-rows.ts";

// What lies further back decides no window that is still judged.
const LOOK_BACK_MS = 40 * 86_400_000;

/** tornFindings says which rows of a model's versions may be missing from what is judged: those that lie where the store could not read a part. O(torn · versions). */
export function tornFindings(
  torn: readonly TornRows[],
  versions: readonly VersionHealthFacts[],
): HealthFinding[] {
  const serving = versions.filter(({ isArchived }) => !isArchived);
  const concerning = torn.filter(({ span }) => serving.some((version) => isWithin(version, span)));
  return (["predictions", "labels"] as const).flatMap((of) => {
    const mine = concerning.filter((one) => one.of === of);
    if (mine.length === 0) return [];
    const starts = mine.map(({ span }) => span?.from ?? Number.NEGATIVE_INFINITY);
    const since = Math.min(...starts);
    const parts = mine.length === 1 ? "One stored part" : `${mine.length} stored parts`;
    return [
      {
        state: "blind" as const,
        since: Number.isFinite(since) ? since : null,
        sentence: `${parts} of the ${of} could not be read and ${mine.length === 1 ? "is" : "are"} set aside: windows may miss rows. The service's /readyz names ${mine.length === 1 ? "it" : "them"}`,
      },
    ];
  });
}

function isWithin({ firstSeen, lastSeen }: VersionHealthFacts, span: TornRows["span"]): boolean {
  return (
    span === undefined || (span.to > Math.max(firstSeen, lastSeen - LOOK_BACK_MS) && span.from <= lastSeen)
  );
}
