import type { Incident, Notification } from "@leeway/core/records";

/**
 * incidentAt returns the incident as a message of `transition` tells of it: a message that it fired, delivered after it has resolved, still says that it
 * fired; the message that it resolved follows.
 */
export function incidentAt(incident: Incident, transition: Notification["transition"]): Incident {
  switch (transition) {
    case "resolved":
    case "test":
      return incident;
    case "fired":
    case "updated": {
      if (incident.state !== "resolved") return incident;
      const { resolved_at: _at, resolved_by: _by, resolution: _why, ...open } = incident;
      return { ...open, state: incident.acknowledged_at === undefined ? "firing" : "acknowledged" };
    }
    default:
      return transition satisfies never;
  }
}
