import type { Incident, IncidentAction } from "../records/index.ts";
import { INCIDENT_TRANSITIONS, type IncidentEvent } from "./incident-state.ts";
import { LEEWAY_ACTOR } from "./incident-step.ts";

/** ActionDecision says whether something may be done to an incident, and why not. */
export type ActionDecision = { outcome: "allowed" } | { outcome: "refused"; reason: string };

/** StandingIncident is what the decision looks at, with what people did folded in. */
type StandingIncident = Pick<Incident, "state" | "acknowledged_by" | "resolved_by" | "resolved_at">;

/** UNDO_MS is how long a resolution may be taken back. */
export const UNDO_MS = 60_000;

const ALLOWED: ActionDecision = { outcome: "allowed" };

/**
 * decideAction decides whether `action` may be done to an incident as it stands at `now`: what would change nothing is refused with the reason, so that nobody
 * believes it was done. The state machine is what knows. O(1).
 */
export function decideAction(
  incident: StandingIncident,
  action: IncidentAction["action"],
  now: number,
): ActionDecision {
  switch (action) {
    case "acknowledge":
      return changes(incident, "acknowledged")
        ? ALLOWED
        : refused(incident, "can be acknowledged only while it is pending or firing");
    case "resolve":
      return changes(incident, "resolved_by_person")
        ? ALLOWED
        : refused(incident, "cannot be resolved again");
    case "reopen":
      return changes(incident, "reopened")
        ? ALLOWED
        : refused(incident, "can be reopened only once it is resolved");
    case "undo":
      return mayUndo(incident, now)
        ? ALLOWED
        : refused(incident, "can be taken back only within a minute after a person resolved it");
    case "snooze":
      return incident.state !== "resolved"
        ? ALLOWED
        : refused(incident, "can be snoozed only while it is open");
    case "mark":
      return incident.state !== "pending"
        ? ALLOWED
        : refused(incident, "can be marked only once people were notified of it");
    case "assign":
    case "note":
      return ALLOWED;
    default:
      return action satisfies never;
  }
}

/** ACTIONS is everything that a person can do to an incident, in the order in which a page offers it. */
const ACTIONS: readonly IncidentAction["action"][] = [
  ...(["acknowledge", "resolve", "undo", "reopen", "snooze", "assign", "note", "mark"] as const),
];

/** allowedActions returns what may be done to an incident as it stands. O(1). */
export function allowedActions(incident: StandingIncident, now: number): IncidentAction["action"][] {
  return ACTIONS.filter((action) => decideAction(incident, action, now).outcome === "allowed");
}

function changes({ state }: Pick<Incident, "state">, event: IncidentEvent): boolean {
  return INCIDENT_TRANSITIONS[state][event] !== state;
}

function mayUndo({ state, resolved_at, resolved_by }: StandingIncident, now: number): boolean {
  if (state !== "resolved" || resolved_at === undefined || resolved_by === LEEWAY_ACTOR) return false;
  return now - resolved_at <= UNDO_MS;
}

function refused({ state, acknowledged_by, resolved_by }: StandingIncident, rule: string): ActionDecision {
  const by = state === "acknowledged" ? acknowledged_by : state === "resolved" ? resolved_by : undefined;
  const who = by === undefined ? "" : ` by ${by === LEEWAY_ACTOR ? "Leeway" : by}`;
  return { outcome: "refused", reason: `This incident is ${state}${who}; it ${rule}.` };
}
