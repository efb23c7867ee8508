import type { Evaluation } from "@leeway/core/evaluation";
import type { Incident } from "@leeway/core/records";
import type { BadgeState } from "../ui/state-badge.tsx";
import { formatDate, formatSpan } from "./format-time.ts";
import { causeName } from "./incident-words.ts";

/** ModelState is a model's health in words, with where to read on; `rank` orders the overview, worst first. */
export interface ModelState {
  badge: BadgeState;
  words: string;
  since: number | undefined;
  incidentId: string | undefined;
  rank: number;
}

/** Judged is what a verdict says, without its evidence. */
export type Judged = Omit<Evaluation, "detail" | "state">;

/** ModelFacts are what a model's state is decided from. */
export interface ModelFacts {
  incidents: readonly Incident[];
  /** The newest evaluation of each monitor and version with traffic. */
  latest: readonly Judged[];
  /** When the newest row was received (real time) and its event time; absent where nothing ever came. */
  lastReceived: number | undefined;
  lastEvent: number | undefined;
  now: number;
}

const STALE_AFTER_MS = 120_000;
const STATE_ORDER = { firing: 0, acknowledged: 1, pending: 2, resolved: 9 } as const;

/**
 * modelState decides what the overview says of a model: open incidents first, then what could not be judged, and healthy only where the
 * newest verdicts are healthy and, unless they are still coming in, no older than three windows. A model without data or verdicts is never healthy.
 */
export function modelState(facts: ModelFacts): ModelState {
  const open = facts.incidents.filter(({ state }) => state !== "resolved");
  const worst = worstIncident(open);
  if (worst !== undefined) return incidentState(worst, open.length);
  if (facts.lastEvent === undefined || facts.lastReceived === undefined) {
    return plain("no_data", "No data yet", 4);
  }
  const judging = facts.latest.filter(({ kind }) => kind === "drift" || kind === "performance");
  if (judging.length === 0) {
    return plain("stale", "Learning what is normal", 6, facts.lastEvent);
  }
  const silent = facts.latest.find(({ kind, outcome }) => kind === "volume" && outcome === "no_data");
  if (silent !== undefined) return plain("no_data", "No data", 3, silent.window_start);
  const failed = facts.latest.find(({ outcome }) => outcome === "error");
  if (failed !== undefined) return plain("stale", "The last check failed", 3, failed.window_start);
  const newest = judging.reduce((a, b) => (a.window_end >= b.window_end ? a : b));
  const windowMs = newest.window_end - newest.window_start;
  const isBehind = facts.lastEvent - newest.window_end > 3 * windowMs;
  // A replay may bring months within a minute; as long as verdicts keep coming, they are only on their way.
  if (isBehind && facts.now - newest.evaluated_at > STALE_AFTER_MS) {
    return plain("stale", "Verdicts are behind the data", 5, newest.window_end);
  }
  const drift = judging.filter(({ kind }) => kind === "drift").at(-1) ?? newest;
  switch (drift.outcome) {
    case "drifting":
    case "alarm":
      return plain("pending", "Drifting, not yet an alarm", 2, drift.window_start);
    case "insufficient_data":
    case "not_defined":
      return plain("no_data", "Too little data to judge", 5, drift.window_start);
    case "no_data":
      return plain("no_data", "No data", 3, drift.window_start);
    case "error":
    case "immature":
    case "ok":
      return plain("healthy", "Healthy", 8);
    default:
      return drift.outcome satisfies never;
  }
}

/** latestOfEach returns the newest evaluation of each monitor and version, from evaluations in order of time. */
export function latestOfEach(evaluations: readonly Judged[]): Judged[] {
  const latest = new Map<string, Judged>();
  for (const evaluation of evaluations)
    latest.set(`${evaluation.monitor_id} ${evaluation.version}`, evaluation);
  return [...latest.values()];
}

/** worstIncident returns the open incident that asks most for attention: firing before taken on before pending, then the newest. */
export function worstIncident(incidents: readonly Incident[]): Incident | undefined {
  return incidents
    .filter(({ state }) => state !== "resolved")
    .sort((a, b) => STATE_ORDER[a.state] - STATE_ORDER[b.state] || b.started_at - a.started_at)[0];
}

/** sinceWords returns since when a state lasts (`for 3 h`, beyond two days `since 12 May`), or undefined where it has no beginning. */
export function sinceWords(since: number | undefined, now: number): string | undefined {
  if (since === undefined || since > now) return undefined;
  return now - since < 2 * 86_400_000 ? `for ${formatSpan(now - since)}` : `since ${formatDate(since, now)}`;
}

function incidentState(incident: Incident, open: number): ModelState {
  const more = open > 1 ? ` (+${open - 1})` : "";
  const badge = incident.state === "resolved" ? "healthy" : incident.state;
  return {
    badge,
    words: causeName(incident.cause) + more,
    since: incident.started_at,
    incidentId: incident.id,
    rank: STATE_ORDER[incident.state],
  };
}

function plain(badge: BadgeState, words: string, rank: number, since?: number): ModelState {
  return { badge, words, since, incidentId: undefined, rank };
}
