import type { Monitor } from "../records/index.ts";
import type { ChainStanding, VersionHealthFacts } from "./health-facts.ts";
import type { HealthFinding } from "./health-finding.ts";

const LONGEST_WAIT_MS = 7 * 86_400_000;
const LONGEST_WAIT_WINDOWS = 6;

/** waitingFinding says of a version that nothing was judged of yet what it waits for: that is learning, unless it takes too long or nothing watches it. */
export function waitingFinding(
  version: VersionHealthFacts,
  watching: readonly Monitor[],
  standings: readonly ChainStanding[],
  isSetUp: boolean,
): HealthFinding | undefined {
  const { firstSeen: since, lastSeen, reference } = version;
  const name = { version: version.version };
  if (watching.length === 0) {
    return isSetUp
      ? {
          ...name,
          state: "misconfigured",
          since,
          sentence: `No enabled monitor watches version ${version.version}`,
        }
      : {
          ...name,
          state: "learning",
          since,
          sentence: "The monitors are set up once a day of traffic is known",
        };
  }
  const isDriftWatched = watching.some(({ kind }) => kind === "drift");
  if (isDriftWatched && reference.outcome === "wait") {
    const windowMs = Math.max(...watching.map(({ window }) => window));
    const isLong = lastSeen - since > Math.max(LONGEST_WAIT_MS, LONGEST_WAIT_WINDOWS * windowMs);
    return { ...name, state: isLong ? "blind" : "learning", since, sentence: reference.reason };
  }
  const judging = watching.filter(({ kind }) => kind === "drift" || kind === "performance");
  const deciding = judging.length > 0 ? judging : watching;
  const isJudged = standings.some(
    (one) => one.judged_until !== undefined && deciding.some(({ id }) => id === one.monitor_id),
  );
  if (isJudged) return undefined;
  const sentence = `No window of version ${version.version} has been judged yet`;
  return { ...name, state: "learning", since, sentence };
}
