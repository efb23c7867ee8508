import type { Monitor } from "../records/index.ts";
import { windowStart } from "../window/index.ts";
import { KIND_WORDS } from "./chain-finding.ts";
import type { ChainStanding, VersionHealthFacts } from "./health-facts.ts";
import type { HealthFinding } from "./health-finding.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * lateFinding returns `behind` where a window of one monitor on one version is over and has had no verdict for an hour (two windows, where those
 * are shorter; at least five minutes), else undefined. A replay that brings months within minutes is late only once its verdicts stop coming. O(1).
 */
export function lateFinding(
  monitor: Monitor,
  version: VersionHealthFacts,
  standing: ChainStanding | undefined,
  now: number,
): HealthFinding | undefined {
  // Without a reference inputs cannot be judged: that has a finding of its own.
  if (monitor.kind === "drift" && version.reference.outcome === "wait") return undefined;
  const lastEnd = windowStart(version.lastSeen, monitor.window);
  const firstOwed = standing?.window_end ?? windowStart(version.firstSeen, monitor.window) + monitor.window;
  if (firstOwed + monitor.window > lastEnd) return undefined;
  const isLive = now - version.lastSeen < HOUR;
  const owedSince = Math.max(
    isLive ? firstOwed + monitor.window : version.lastReceived,
    standing?.evaluated_at ?? monitor.created_at,
  );
  const patience = Math.max(5 * MINUTE, Math.min(HOUR, 2 * monitor.window));
  if (now - owedSince <= patience) return undefined;
  const subject = KIND_WORDS[monitor.kind];
  const windows = Math.floor((lastEnd - firstOwed) / monitor.window);
  return {
    state: "behind",
    since: firstOwed,
    sentence: `${subject} of version ${version.version}: ${windows === 1 ? "one window is" : `${windows} windows are`} over and not judged yet`,
    monitor_id: monitor.id,
    version: version.version,
  };
}
