import { foldIncident } from "@leeway/core/incidents";
import type { Incident, IncidentAction } from "@leeway/core/records";
import type { Store } from "@leeway/store";

/** loadIncidents returns a project's incidents as they stand after what people did to them, newest first. */
export async function loadIncidents(store: Store, project: string): Promise<Incident[]> {
  const [incidents, actions] = await Promise.all([
    store.records.incident.list(project),
    store.records.incidentAction.list(project),
  ]);
  return incidents
    .map((incident) => foldIncident(incident, actions))
    .sort((a, b) => b.started_at - a.started_at);
}

/** loadIncident returns one incident as it stands, and what people did to it, oldest first; undefined where there is none. */
export async function loadIncident(
  store: Store,
  project: string,
  id: string,
): Promise<{ incident: Incident; actions: IncidentAction[] } | undefined> {
  const incident = await store.records.incident.get(project, id);
  if (incident === undefined) return undefined;
  const actions = (await store.records.incidentAction.list(project))
    .filter((action) => action.incident_id === id)
    .sort((a, b) => a.at - b.at);
  return { incident: foldIncident(incident, actions), actions };
}
