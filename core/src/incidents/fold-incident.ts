import type { Incident, IncidentAction } from "../records/index.ts";
import { nextIncidentState } from "./incident-state.ts";

/**
 * foldIncident returns the incident as it stands after what people did to it. The analyzer's record and the actions are written by different
 * processes and never overwrite each other; folding twice changes nothing. Actions from before an incident came back do not apply to
 * its return. O(actions log actions).
 */
export function foldIncident(incident: Incident, actions: readonly IncidentAction[]): Incident {
  return actions
    .filter((action) => action.incident_id === incident.id)
    .sort((a, b) => a.at - b.at)
    .reduce(applyAction, incident);
}

function applyAction(incident: Incident, action: IncidentAction): Incident {
  if (action.at < (incident.fired_at ?? 0)) return incident;
  switch (action.action) {
    case "acknowledge": {
      const state = nextIncidentState(incident.state, "acknowledged");
      if (state === incident.state) return incident;
      return { ...incident, state, acknowledged_at: action.at, acknowledged_by: action.actor };
    }
    case "resolve": {
      const state = nextIncidentState(incident.state, "resolved_by_person");
      if (state === incident.state) return incident;
      const resolution =
        action.text === undefined || action.text === ""
          ? `Resolved by ${action.actor}`
          : `Resolved by ${action.actor}: ${action.text}`;
      return { ...incident, state, resolved_at: action.at, resolved_by: action.actor, resolution };
    }
    case "note":
      return incident;
    default:
      return action.action satisfies never;
  }
}
