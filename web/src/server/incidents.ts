import "server-only";
import { foldIncident } from "@leeway/core/incidents";
import type { Incident, IncidentAction } from "@leeway/core/records";
import { cache } from "react";
import { server } from "./composition.ts";
import type { Principal } from "./principal.ts";

/** IncidentLog is every incident of a project as it stands after what people did, newest first, with what they did. */
export interface IncidentLog {
  incidents: Incident[];
  actions: IncidentAction[];
}

/** loadIncidentLog returns the project's incidents and actions; asked for many times in one request, it reads once. */
export const loadIncidentLog = cache(async (project: string): Promise<IncidentLog> => {
  const { records } = server().store;
  const [stored, actions] = await Promise.all([
    records.incident.list(project),
    records.incidentAction.list(project),
  ]);
  const byIncident = new Map<string, IncidentAction[]>();
  for (const action of actions) {
    byIncident.set(action.incident_id, [...(byIncident.get(action.incident_id) ?? []), action]);
  }
  const incidents = stored
    .map((incident) => foldIncident(incident, byIncident.get(incident.id) ?? []))
    .sort((a, b) => b.started_at - a.started_at);
  return { incidents, actions };
});

/** isOpen decides whether an incident still asks for somebody's attention. */
export function isOpen(incident: Incident): boolean {
  return incident.state === "firing" || incident.state === "acknowledged";
}

/** countOpenIncidents returns how many incidents of the person's project are firing or acknowledged. */
export async function countOpenIncidents(principal: Principal): Promise<number> {
  return (await loadIncidentLog(principal.project)).incidents.filter(isOpen).length;
}
