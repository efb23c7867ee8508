import { loadIncidents, readHealth, type Store } from "@leeway/store";
import type { ModelFacts } from "./model-overview.ts";

/** loadModelFacts reads what an overview of a project's models (or of one) is put together from. */
export async function loadModelFacts(
  store: Store,
  project: string,
  scope: { now: number; model?: string | undefined },
): Promise<ModelFacts> {
  const [models, versions, activity, { incidents }, health] = await Promise.all([
    store.records.model.list(project),
    store.records.version.list(project),
    store.activity.versions(project, scope.model),
    loadIncidents(store, project),
    readHealth(store, project, scope),
  ]);
  return { models, versions, activity, incidents, health };
}
