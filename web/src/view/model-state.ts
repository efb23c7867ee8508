import {
  type HealthFinding,
  type HealthState,
  healthRank,
  healthWords,
  type ModelHealth,
  openIncidents,
} from "@leeway/core/health";
import type { Incident, IncidentState } from "@leeway/core/records";
import { formatDate, formatSpan } from "./format-time.ts";
import { causeName } from "./incident-words.ts";

/** BadgeState is a state with a shape and a colour of its own: an incident's, or a model's health where no incident is open. */
export type BadgeState = IncidentState | Exclude<HealthState, "incident">;

/** ModelState is a model's health as a page shows it; `rank` orders the overview, worst first. */
export interface ModelState {
  badge: BadgeState;
  /** A few words for the badge. */
  words: string;
  /** What is the matter, in one or two sentences. */
  sentence: string;
  since: number | undefined;
  incidentId: string | undefined;
  rank: number;
  findings: HealthFinding[];
}

/** modelState returns the health that core decided in the words and the badge of a page; `incidents` are those of the same model and environment. */
export function modelState(health: ModelHealth, incidents: readonly Incident[]): ModelState {
  const { state, since, sentence, findings } = health;
  const shared = {
    sentence,
    since: since ?? undefined,
    incidentId: health.incident_id ?? undefined,
    findings,
  };
  if (state !== "incident") {
    return { ...shared, badge: state, words: healthWords(state), rank: healthRank(state) };
  }
  const open = openIncidents(incidents).filter((one) => one.state !== "pending");
  const worst = open.find(({ id }) => id === health.incident_id);
  if (worst === undefined) {
    return { ...shared, badge: "firing", words: healthWords(state), rank: healthRank(state) };
  }
  const more = open.length > 1 ? ` (+${open.length - 1})` : "";
  // Whoever has been taken on already asks for less than what nobody looks at yet.
  const rank = healthRank(state) + (worst.state === "acknowledged" ? 0.5 : 0);
  return { ...shared, badge: worst.state, words: causeName(worst.cause) + more, rank };
}

/** sinceWords returns since when a state lasts (`for 3 h`, beyond two days `since 12 May`), or undefined where it has no beginning. */
export function sinceWords(since: number | undefined, now: number): string | undefined {
  if (since === undefined || since > now) return undefined;
  return now - since < 2 * 86_400_000 ? `for ${formatSpan(now - since)}` : `since ${formatDate(since, now)}`;
}
