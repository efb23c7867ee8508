import type { Store } from "@leeway/store";
import { loadIncidents } from "../incidents/load-incidents.ts";
import type { ModelFacts } from "./model-overview.ts";

/** loadModelFacts reads what an overview of a project's models is put together from. */
export async function loadModelFacts(store: Store, project: string): Promise<ModelFacts> {
  const [models, versions, activity, incidents] = await Promise.all([
    store.records.model.list(project),
    store.records.version.list(project),
    store.activity.versions(project),
    loadIncidents(store, project),
  ]);
  return { models, versions, activity, incidents };
}
