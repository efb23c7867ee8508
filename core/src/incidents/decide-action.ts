import type { Incident, IncidentAction } from "../records/index.ts";
import { INCIDENT_TRANSITIONS } from "./incident-state.ts";
import { LEEWAY_ACTOR } from "./incident-step.ts";

/** ActionDecision says whether something may be done to an incident, and why not. */
export type ActionDecision = { outcome: "allowed" } | { outcome: "refused"; reason: string };

/** StandingIncident is what the decision looks at, with what people did folded in. */
type StandingIncident = Pick<Incident, "state" | "acknowledged_by" | "resolved_by">;

/**
 * decideAction decides whether `action` may be done to an incident as it stands: what would change nothing is refused with the reason, so that nobody
 * believes it was done. The state machine is what knows. O(1).
 */
export function decideAction(incident: StandingIncident, action: IncidentAction["action"]): ActionDecision {
  switch (action) {
    case "acknowledge":
      return changes(incident, "acknowledged")
        ? { outcome: "allowed" }
        : refused(incident, "can be acknowledged only while it is pending or firing");
    case "resolve":
      return changes(incident, "resolved_by_person")
        ? { outcome: "allowed" }
        : refused(incident, "cannot be resolved again");
    case "note":
      return { outcome: "allowed" };
    default:
      return action satisfies never;
  }
}

/** ACTIONS is everything that a person can do to an incident, in the order in which a page offers it. */
const ACTIONS: readonly IncidentAction["action"][] = ["acknowledge", "resolve", "note"];

/** allowedActions returns what may be done to an incident as it stands. O(1). */
export function allowedActions(incident: StandingIncident): IncidentAction["action"][] {
  return ACTIONS.filter((action) => decideAction(incident, action).outcome === "allowed");
}

function changes({ state }: Pick<Incident, "state">, event: "acknowledged" | "resolved_by_person"): boolean {
  return INCIDENT_TRANSITIONS[state][event] !== state;
}

function refused({ state, acknowledged_by, resolved_by }: StandingIncident, rule: string): ActionDecision {
  const by = state === "acknowledged" ? acknowledged_by : state === "resolved" ? resolved_by : undefined;
  const who = by === undefined ? "" : ` by ${by === LEEWAY_ACTOR ? "Leeway" : by}`;
  return { outcome: "refused", reason: `This incident is ${state}${who}; it ${rule}.` };
}
