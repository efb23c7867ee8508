import type { Monitor } from "@leeway/core/records";
import type { Store } from "@leeway/store";

/** ModelConfiguration is what people, or the analyzer itself, have set of one model. */
export interface ModelConfiguration {
  monitors: Monitor[];
  /** Another one whenever any of it was changed. */
  fingerprint: string;
}

/** ReadConfigurations returns the configuration of every model of a project that has any. */
export type ReadConfigurations = (project: string) => Promise<(model: string) => ModelConfiguration>;

/** createReadConfigurations returns a reader that costs one statement while nothing changes: lists of records are kept, and a record that was not changed is the same object. */
export function createReadConfigurations(records: Store["records"]): ReadConfigurations {
  const numbers = new WeakMap<object, number>();
  let last = 0;
  const numberOf = (body: object): number => {
    const known = numbers.get(body);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(body, last);
    return last;
  };
  return async (project) => {
    const [models, versions, monitors, references, choices] = await Promise.all([
      records.model.list(project),
      records.version.list(project),
      records.monitor.list(project),
      records.reference.list(project),
      records.referenceChoice.list(project),
    ]);
    const parts = byModel([...models, ...versions, ...monitors, ...references, ...choices]);
    const watched = byModel(monitors);
    return (model) => ({
      monitors: watched.get(model) ?? [],
      fingerprint: (parts.get(model) ?? []).map(numberOf).join(),
    });
  };
}

function byModel<Body extends { model: string }>(bodies: readonly Body[]): Map<string, Body[]> {
  const groups = new Map<string, Body[]>();
  for (const body of bodies) {
    const mine = groups.get(body.model);
    if (mine === undefined) groups.set(body.model, [body]);
    else mine.push(body);
  }
  return groups;
}
