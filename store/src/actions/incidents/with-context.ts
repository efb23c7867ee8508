import { changeSpan, changesBefore } from "@leeway/core/events";
import { rootIncident } from "@leeway/core/incidents";
import type { Incident } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";
import { listChanges } from "../events/list-changes.ts";

const MOST_LOOKED_AT = 1_000;

/** withContext returns an incident with what changed shortly before it began, nearest first, and the incident of a feeding model that it follows from, where there is one. */
export async function withContext(
  store: Pick<Store, "changeEvents" | "records">,
  project: string,
  incident: Incident,
): Promise<Incident> {
  const { model } = incident;
  const [events, incidents, models] = await Promise.all([
    listChanges(store, project, { model, ...changeSpan(incident), limit: MOST_LOOKED_AT }),
    store.records.incident.list(project),
    store.records.model.list(project),
  ]);
  const root = rootIncident(incident, incidents, models);
  return {
    ...incident,
    changes: changesBefore(incident, events),
    ...(root === undefined ? {} : { follows_from: { id: root.id, model: root.model, title: root.title } }),
  };
}
