import { LeewayError } from "@leeway/core/errors";
import { guessTask } from "@leeway/core/performance";
import { knownModels, type Model } from "@leeway/core/records";
import { didYouMean } from "@leeway/core/words";
import type { Store } from "../../create-store.ts";

type Models = Pick<Store, "records" | "activity">;

/** listModelNames returns the names of all models of a project that exist, sorted. */
export async function listModelNames({ records, activity }: Models, project: string): Promise<string[]> {
  const [models, versions, references, seen] = await Promise.all([
    records.model.list(project),
    records.version.list(project),
    records.reference.list(project),
    activity.versions(project),
  ]);
  return knownModels({ models, versions, references, activity: seen });
}

/** readModels returns every model of a project as `readModel` does, by name. */
export async function readModels(store: Models, project: string): Promise<Model[]> {
  const [names, models] = await Promise.all([
    listModelNames(store, project),
    store.records.model.list(project),
  ]);
  return Promise.all(
    names.map((name) => models.find(({ model }) => model === name) ?? guessModel(store, project, name)),
  );
}

/** requireModel throws `not_found` with the nearest name where no such model exists. */
export async function requireModel(store: Models, project: string, name: string): Promise<void> {
  const names = await listModelNames(store, project);
  if (!names.includes(name))
    throw new LeewayError("not_found", `there is no model ${name}${didYouMean(name, names)}`);
}

/**
 * readModel returns a model as it is stored, or, where nobody has stored one yet, as its predictions show it. It throws `not_found` as
 * `requireModel` does.
 */
export async function readModel(store: Models, project: string, name: string): Promise<Model> {
  const stored = await store.records.model.get(project, name);
  if (stored !== undefined) return stored;
  await requireModel(store, project, name);
  return guessModel(store, project, name);
}

async function guessModel({ activity }: Models, project: string, name: string): Promise<Model> {
  const [outputs, classes, versions] = await Promise.all([
    activity.outputs(project, name),
    activity.classes(project, { model: name }),
    activity.versions(project, name),
  ]);
  const { task, positiveClass } = guessTask(outputs, classes);
  return {
    ...{ model: name, task, configured: false },
    created_at: versions.length === 0 ? 0 : Math.min(...versions.map((one) => one.lastReceivedAt)),
    ...(positiveClass === undefined ? {} : { positive_class: positiveClass }),
  };
}
