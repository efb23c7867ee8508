import { foldIncident } from "@leeway/core/incidents";
import { type Incident, type IncidentAction, withOwner } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";

/** IncidentLog is every incident of a project with what people did folded in, newest first, and what they did, oldest first. */
export interface IncidentLog {
  incidents: Incident[];
  actions: IncidentAction[];
}

/** loadIncidents returns the incidents of a project as they stand, and what people did to them. */
export async function loadIncidents(
  { records }: Pick<Store, "records">,
  project: string,
): Promise<IncidentLog> {
  const [stored, found, models] = await Promise.all([
    records.incident.list(project),
    records.incidentAction.list(project),
    records.model.list(project),
  ]);
  const modelOf = new Map(models.map((model) => [model.model, [model]]));
  const actions = [...found].sort((a, b) => a.at - b.at);
  const byIncident = new Map<string, IncidentAction[]>();
  for (const action of actions) {
    const before = byIncident.get(action.incident_id);
    if (before === undefined) byIncident.set(action.incident_id, [action]);
    else before.push(action);
  }
  const incidents = stored
    .map((incident) => foldIncident(incident, byIncident.get(incident.id) ?? []))
    .map((incident) => withOwner(incident, modelOf.get(incident.model) ?? []))
    .sort((a, b) => b.started_at - a.started_at);
  return { incidents, actions };
}

/** loadIncident returns one incident as it stands, and what people did to it, oldest first; undefined where there is none. */
export async function loadIncident(
  { records }: Pick<Store, "records">,
  project: string,
  id: string,
): Promise<{ incident: Incident; actions: IncidentAction[] } | undefined> {
  const [incident, found] = await Promise.all([
    records.incident.get(project, id),
    records.incidentAction.list(project),
  ]);
  if (incident === undefined) return undefined;
  const actions = found.filter((action) => action.incident_id === id).sort((a, b) => a.at - b.at);
  const model = await records.model.get(project, incident.model);
  return {
    incident: withOwner(foldIncident(incident, actions), model === undefined ? [] : [model]),
    actions,
  };
}
