import type { Model, Monitor, Reference, ReferenceChoice } from "@leeway/core/records";
import type { Store } from "@leeway/store";
import type { ModelStore, VersionTraffic } from "../model-store/model-store.ts";
import { automaticMonitors } from "./automatic-monitors.ts";
import { knownTraffic, windowOf } from "./known-traffic.ts";

const ACTOR = "leeway";

/** ModelRecords is a model's configuration as a pass finds it, completed where nobody has configured anything. */
export interface ModelRecords {
  model: Model;
  monitors: Monitor[];
  references: Reference[];
  /** What people chose versions to be compared with. */
  choices: ReferenceChoice[];
  /** Names of the versions that were ended on purpose. */
  archived: ReadonlySet<string>;
}

/** ensureRecords returns the records of a model, after making those that it should have by itself: the model, its versions, its monitors. */
export async function ensureRecords(
  deps: { records: Store["records"]; modelStore: ModelStore; project: string; now: number },
  name: string,
  activities: readonly VersionTraffic[],
  asOf: number,
): Promise<ModelRecords> {
  const { records, project } = deps;
  const [found, versions, allMonitors, allReferences, allChoices] = await Promise.all([
    records.model.get(project, name),
    records.version.list(project),
    records.monitor.list(project),
    records.reference.list(project),
    records.referenceChoice.list(project),
  ]);
  const model = found ?? (await createModel(deps, name));
  const mine = versions.filter((version) => version.model === name);
  const known = new Set(mine.map(({ version }) => version));
  for (const version of new Set(activities.map((activity) => activity.version))) {
    if (known.has(version)) continue;
    await records.version.put(
      project,
      `${name}/${version}`,
      { model: name, version, created_at: deps.now },
      ACTOR,
    );
  }
  const references = allReferences.filter((reference) => reference.model === name);
  const monitors = allMonitors.filter((monitor) => monitor.model === name);
  const missing = missingMonitors({ model, activities, references, monitors, asOf, now: deps.now });
  for (const monitor of missing) await records.monitor.put(project, monitor.id, monitor, ACTOR);
  const changed = new Set(missing.map(({ id }) => id));
  return {
    model,
    references,
    choices: allChoices.filter((choice) => choice.model === name),
    monitors: [...monitors.filter(({ id }) => !changed.has(id)), ...missing],
    archived: new Set(mine.filter(({ stage }) => stage === "archived").map(({ version }) => version)),
  };
}

/**
 * missingMonitors returns the automatic monitors that a model lacks, or whose window or objective its settings have changed since. Nothing is made
 * before it is known how much traffic there is, because the length of the windows follows from it.
 */
export function missingMonitors(input: {
  model: Model;
  activities: readonly VersionTraffic[];
  references: readonly Reference[];
  monitors: readonly Monitor[];
  asOf: number;
  now: number;
}): Monitor[] {
  const { model, monitors } = input;
  const environments = new Set(input.activities.map(({ environment }) => environment));
  return [...environments].flatMap((environment) => {
    const traffic = knownTraffic({ ...input, environment });
    if (traffic === undefined) return [];
    const wantedMonitors = automaticMonitors({ model, environment, traffic, now: input.now });
    const changed = wantedMonitors.flatMap((wanted) => {
      const mine = monitors.filter(
        (monitor) => monitor.kind === wanted.kind && monitor.environment === environment,
      );
      const automatic = mine.find((monitor) => monitor.id === wanted.id);
      if (automatic === undefined) return mine.length === 0 ? [wanted] : [];
      const window = windowOf({ model, automatic, wanted, traffic });
      const objective = model.latency_objective === undefined ? automatic.objective : wanted.objective;
      const isSame =
        window === automatic.window && JSON.stringify(objective) === JSON.stringify(automatic.objective);
      if (isSame || !automatic.automatic) return [];
      const isStatedNow = wanted.kind === "latency_slo" && objective !== automatic.objective;
      const enabled = isStatedNow ? true : automatic.enabled;
      return [{ ...automatic, enabled, window, ...(objective === undefined ? {} : { objective }) }];
    });
    return [...changed, ...inventedObjectives(model, environment, monitors)];
  });
}

// Earlier versions watched an objective that nobody had stated. It is kept for its history, and watched no more.
function inventedObjectives(
  model: Model,
  environment: Monitor["environment"],
  monitors: readonly Monitor[],
): Monitor[] {
  if (model.latency_objective !== undefined) return [];
  return monitors
    .filter(
      (one) => one.kind === "latency_slo" && one.automatic && one.enabled && one.environment === environment,
    )
    .map((one) => ({ ...one, enabled: false }));
}

async function createModel(
  deps: { records: Store["records"]; modelStore: ModelStore; project: string; now: number },
  name: string,
): Promise<Model> {
  const model = await guessModel(deps.modelStore, name, deps.now);
  await deps.records.model.put(deps.project, name, model, ACTOR);
  return model;
}

/** guessModel returns what a model that nobody has configured is taken for, by what it predicts. */
export async function guessModel(
  modelStore: Pick<ModelStore, "guessTask">,
  name: string,
  now: number,
): Promise<Model> {
  const { task, positiveClass } = await modelStore.guessTask(name);
  return {
    model: name,
    task,
    configured: false,
    created_at: now,
    ...(positiveClass === undefined ? {} : { positive_class: positiveClass }),
  };
}
