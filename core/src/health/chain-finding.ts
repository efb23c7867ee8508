import type { Monitor, MonitorKind } from "../records/index.ts";
import type { ChainStanding, VersionHealthFacts } from "./health-facts.ts";
import type { HealthFinding } from "./health-finding.ts";
import type { HealthState } from "./health-state.ts";

/** KIND_WORDS is what a monitor of each kind looks at, as the subject of a sentence. */
export const KIND_WORDS: Record<MonitorKind, string> = {
  drift: "The inputs",
  performance: "The performance",
  volume: "The traffic",
  labels: "The arrival of labels",
  latency_slo: "The latency objective",
};

// A window with few labels is no outage: performance is blind once more than one window in a row could not be judged.
const PATIENT_WINDOWS = 2;

/**
 * chainFinding returns what the newest verdict of one monitor on one version says of the model's health, or undefined where it says that all is
 * well or has nothing to say. `newestSeen` is the event time of the newest prediction of any version. O(1).
 */
export function chainFinding(
  monitor: Monitor,
  version: VersionHealthFacts,
  standing: ChainStanding,
  newestSeen: number,
): HealthFinding | undefined {
  const subject = subjectOf(standing);
  const finding = (state: HealthState, since: number, sentence: string): HealthFinding => ({
    state,
    since,
    sentence,
    monitor_id: monitor.id,
    version: version.version,
  });
  switch (standing.outcome) {
    case "error":
      return finding("blind", standing.unjudged_since, `${subject} could not be judged. ${standing.reason}`);
    case "no_data":
      // A request without a latency is traffic too, and so is one of another version.
      return monitor.kind !== "latency_slo" && standing.segment === "" && newestSeen < standing.window_start
        ? finding("no_traffic", standing.unjudged_since, "No prediction came in the newest window")
        : undefined;
    case "alarm":
    case "drifting":
      return monitor.kind === "labels"
        ? finding("blind", standing.window_start, `The performance cannot be judged. ${standing.reason}`)
        : finding("watching", standing.window_start, standing.reason);
    case "insufficient_data":
    case "not_defined":
      return unjudged(monitor, version, standing, finding);
    case "immature":
      return undefined;
    case "ok":
      return partlyJudged(standing, finding);
    default:
      return standing.outcome satisfies never;
  }
}

type Finding = (state: HealthState, since: number, sentence: string) => HealthFinding;

function unjudged(
  monitor: Monitor,
  version: VersionHealthFacts,
  standing: ChainStanding,
  finding: Finding,
): HealthFinding | undefined {
  // A slice of the traffic is often too small for a window: the whole is what the model's health is decided by.
  if (standing.segment !== "") return undefined;
  const sentence = `${subjectOf(standing)} could not be judged. ${standing.reason}`;
  const since = standing.unjudged_since;
  const isUndefined = standing.outcome === "not_defined";
  switch (monitor.kind) {
    case "drift":
      return isPartOfReference(version, standing)
        ? finding(
            "learning",
            version.firstSeen,
            `Version ${version.version} is compared with its first windows, and the next one is not over yet`,
          )
        : finding("blind", since, sentence);
    case "performance":
      if (isUndefined) return finding("misconfigured", since, sentence);
      return standing.judged_until !== undefined && isLasting(standing)
        ? finding("blind", since, sentence)
        : undefined;
    case "latency_slo":
      return isUndefined ? finding("misconfigured", since, sentence) : undefined;
    case "labels":
    case "volume":
      // Nothing is usual yet, or labels never came: that is no fault of the model.
      return undefined;
    default:
      return monitor.kind satisfies never;
  }
}

function isLasting({ unjudged_since, window_start, window_end }: ChainStanding): boolean {
  return window_end - unjudged_since >= PATIENT_WINDOWS * (window_end - window_start);
}

function isPartOfReference({ reference, version }: VersionHealthFacts, standing: ChainStanding): boolean {
  if (reference.outcome === "wait") return false;
  const { source, from, to, version: owner } = reference.reference;
  return source !== "upload" && owner === version && standing.window_start < to && standing.window_end > from;
}

// A window that is well as far as it goes is not well where most of what the monitor watches could not be looked at.
function partlyJudged(
  { judged, of, window_start }: ChainStanding,
  finding: Finding,
): HealthFinding | undefined {
  if (judged === undefined || of === undefined || of === 0 || judged * 2 > of) return undefined;
  return finding("blind", window_start, `Only ${judged} of ${of} features could be judged`);
}

function subjectOf({ kind, segment }: ChainStanding): string {
  return segment === "" ? KIND_WORDS[kind] : `${KIND_WORDS[kind]} of ${segment}`;
}
