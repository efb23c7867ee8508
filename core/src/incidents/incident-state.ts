import type { IncidentState } from "../records/index.ts";

/** IncidentEvent is the closed set of what can happen to an incident. */
export type IncidentEvent =
  /** A failing window; the alarm has not lasted long enough to tell. */
  | "failing"
  /** A failing window; the alarm has lasted long enough. */
  | "failing_held"
  /** A healthy window; not enough of them yet. */
  | "healthy"
  /** Enough healthy windows in a row. */
  | "healthy_held"
  | "acknowledged"
  | "resolved_by_person"
  /** A person says that it was not over. */
  | "reopened";

/** INCIDENT_TRANSITIONS is the whole state machine: what each state becomes on each event. */
export const INCIDENT_TRANSITIONS: Record<IncidentState, Record<IncidentEvent, IncidentState>> = {
  pending: {
    failing: "pending",
    failing_held: "firing",
    // It went away before anybody was notified: nothing to hold on to.
    healthy: "resolved",
    healthy_held: "resolved",
    acknowledged: "acknowledged",
    resolved_by_person: "resolved",
    reopened: "pending",
  },
  firing: {
    failing: "firing",
    failing_held: "firing",
    healthy: "firing",
    healthy_held: "resolved",
    acknowledged: "acknowledged",
    resolved_by_person: "resolved",
    reopened: "firing",
  },
  acknowledged: {
    failing: "acknowledged",
    failing_held: "acknowledged",
    healthy: "acknowledged",
    healthy_held: "resolved",
    acknowledged: "acknowledged",
    resolved_by_person: "resolved",
    reopened: "acknowledged",
  },
  resolved: {
    // A return soon after is the same trouble: people are notified again at once.
    failing: "firing",
    failing_held: "firing",
    healthy: "resolved",
    healthy_held: "resolved",
    acknowledged: "resolved",
    resolved_by_person: "resolved",
    reopened: "firing",
  },
};

/** nextIncidentState returns the state of an incident after an event. O(1). */
export function nextIncidentState(state: IncidentState, event: IncidentEvent): IncidentState {
  return INCIDENT_TRANSITIONS[state][event];
}
