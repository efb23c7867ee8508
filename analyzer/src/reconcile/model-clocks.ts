import type { Store } from "@leeway/store";
import { asOf } from "../evaluate/schedule/as-of.ts";

/** ModelClock is how far one model has come; times are epoch ms. */
export interface ModelClock {
  model: string;
  newestEventAt: number;
  lastReceivedAt: number;
  /** Event time up to which the model is complete. */
  asOf: number;
  /** Whether nothing has been received for the idle time, so that event time runs with real time. */
  isIdle: boolean;
}

/** ModelClocks tells the event time of models, from what was received of them. */
export interface ModelClocks {
  all(project: string): Promise<ModelClock[]>;
  one(project: string, model: string): Promise<ModelClock | undefined>;
}

/** createModelClocks returns the clocks of the store's models. */
export function createModelClocks(deps: {
  store: Pick<Store, "activity" | "labels">;
  idleMs: number;
  now: () => number;
}): ModelClocks {
  const clockOf = (model: string, versions: Versions, labels: Newest | undefined): ModelClock => {
    const newestEventAt = Math.max(
      ...versions.map((version) => version.lastTimestamp),
      labels?.lastTimestamp ?? 0,
    );
    const lastReceivedAt = Math.max(
      ...versions.map((version) => version.lastReceivedAt),
      labels?.lastReceivedAt ?? 0,
    );
    const now = deps.now();
    return {
      model,
      newestEventAt,
      lastReceivedAt,
      asOf: asOf({ newestEventAt, lastReceivedAt }, now, deps.idleMs),
      isIdle: now - lastReceivedAt >= deps.idleMs,
    };
  };
  const clocksOf = async (project: string, model?: string): Promise<ModelClock[]> => {
    const [versions, labels] = await Promise.all([
      deps.store.activity.versions(project, model),
      deps.store.labels.newest(project, model),
    ]);
    const newest = new Map(labels.map((one) => [one.model, one]));
    const names = [...new Set(versions.map((version) => version.model))];
    return names.map((name) =>
      clockOf(
        name,
        versions.filter((version) => version.model === name),
        newest.get(name),
      ),
    );
  };
  return {
    all: (project) => clocksOf(project),
    async one(project, model) {
      const [clock] = await clocksOf(project, model);
      return clock;
    },
  };
}

type Versions = Awaited<ReturnType<Store["activity"]["versions"]>>;
type Newest = Awaited<ReturnType<Store["labels"]["newest"]>>[number];
