import type { Incident, IncidentAction } from "../records/index.ts";
import { nextIncidentState } from "./incident-state.ts";

/**
 * foldIncident returns the incident as it stands after what people did to it. The analyzer's record and the actions are written by different
 * processes and never overwrite each other; the record says which actions it holds, so folding twice changes nothing. Actions from before an incident came back do not
 * apply to its return. O(actions log actions).
 */
export function foldIncident(incident: Incident, actions: readonly IncidentAction[]): Incident {
  const acted = new Set(incident.acted);
  const fresh = actions
    .filter(({ id, incident_id }) => incident_id === incident.id && !acted.has(id))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const after = fresh
    // What somebody thought of an alarm stays said, also when it comes back.
    .filter(({ at, action }) => action === "mark" || at >= (incident.fired_at ?? 0))
    .reduce((current, action) => applyAction(current, action), incident);
  // Those without an effect are done with, too: the second of two resolutions must not close what is reopened later.
  return after === incident ? incident : { ...after, acted: [...acted, ...fresh.map(({ id }) => id)] };
}

function applyAction(incident: Incident, action: IncidentAction): Incident {
  switch (action.action) {
    case "acknowledge": {
      const state = nextIncidentState(incident.state, "acknowledged");
      if (state === incident.state) return incident;
      return { ...incident, state, acknowledged_at: action.at, acknowledged_by: action.actor };
    }
    case "resolve":
      return resolve(incident, action);
    case "undo":
      return incident.state === "resolved" ? undone(incident) : incident;
    case "reopen": {
      if (incident.state !== "resolved") return incident;
      const { acknowledged_at: _at, acknowledged_by: _by, ...rest } = undone(incident);
      // Healthy windows of before do not resolve it at once again.
      return { ...rest, state: nextIncidentState(incident.state, "reopened"), healthy_windows: 0 };
    }
    case "snooze":
      return incident.state === "resolved" || action.until === undefined
        ? incident
        : { ...incident, snoozed_until: action.until, snoozed_by: action.actor };
    case "assign": {
      const { assignee: _before, ...rest } = incident;
      return action.assignee === undefined ? rest : { ...rest, assignee: action.assignee };
    }
    case "mark": {
      const { useful: mark, actor: by, at } = action;
      return mark === undefined ? incident : { ...incident, useful: { mark, by, at } };
    }
    case "note":
      return incident;
    default:
      return action.action satisfies never;
  }
}

function resolve(incident: Incident, { actor, at, text }: IncidentAction): Incident {
  const state = nextIncidentState(incident.state, "resolved_by_person");
  if (state === incident.state) return incident;
  const resolution =
    text === undefined || text === "" ? `Resolved by ${actor}` : `Resolved by ${actor}: ${text}`;
  return { ...incident, state, resolved_at: at, resolved_by: actor, resolution };
}

// As it was before it was resolved: somebody who had taken it on still has.
function undone(incident: Incident): Incident {
  const { resolved_at: _at, resolved_by: _by, resolution: _why, ...open } = incident;
  if (incident.fired_at === undefined) return { ...open, state: "pending" };
  return { ...open, state: incident.acknowledged_at === undefined ? "firing" : "acknowledged" };
}
