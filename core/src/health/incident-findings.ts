import type { Incident } from "../records/index.ts";
import type { HealthFinding } from "./health-finding.ts";
import type { HealthState } from "./health-state.ts";

const ORDER = { firing: 0, acknowledged: 1, pending: 2, resolved: 3 } as const;

/** openIncidents returns the incidents that are not resolved, the one that asks most for attention first: firing, acknowledged, pending, then the newest. O(n log n). */
export function openIncidents(incidents: readonly Incident[]): Incident[] {
  return incidents
    .filter(({ state }) => state !== "resolved")
    .sort((a, b) => ORDER[a.state] - ORDER[b.state] || b.started_at - a.started_at);
}

/**
 * incidentFindings returns a finding per open incident. A pending one, of which nobody was notified, is only watched; one that says that the model is
 * not judged is blindness, whoever was notified of it. O(n log n).
 */
export function incidentFindings(incidents: readonly Incident[]): HealthFinding[] {
  return openIncidents(incidents).map((incident) => ({
    state: stateOf(incident),
    since: incident.started_at,
    sentence: incident.cause === "blind" ? incident.summary : incident.title,
    incident_id: incident.id,
    version: incident.version,
  }));
}

function stateOf({ cause, state }: Incident): HealthState {
  if (cause === "blind") return "blind";
  return state === "pending" ? "watching" : "incident";
}
