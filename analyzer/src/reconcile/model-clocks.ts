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
  const clockOf = async (project: string, model: string, versions: Versions): Promise<ModelClock> => {
    const labels = await deps.store.labels.summary(project, model);
    const newestEventAt = Math.max(
      ...versions.map((version) => version.lastTimestamp),
      labels.lastTimestamp ?? 0,
    );
    const lastReceivedAt = Math.max(
      ...versions.map((version) => version.lastReceivedAt),
      labels.lastReceivedAt ?? 0,
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
  return {
    async all(project) {
      const versions = await deps.store.activity.versions(project);
      const models = [...new Set(versions.map(({ model }) => model))];
      return Promise.all(
        models.map((model) =>
          clockOf(
            project,
            model,
            versions.filter((version) => version.model === model),
          ),
        ),
      );
    },
    async one(project, model) {
      const versions = await deps.store.activity.versions(project, model);
      return versions.length === 0 ? undefined : clockOf(project, model, versions);
    },
  };
}

type Versions = Awaited<ReturnType<Store["activity"]["versions"]>>;
