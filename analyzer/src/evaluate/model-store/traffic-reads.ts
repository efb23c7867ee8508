import { guessTask } from "@leeway/core/performance";
import { type Segment, segmentKey } from "@leeway/core/segment";
import { SETTLING_MS } from "@leeway/core/window";
import { environmentSchema } from "@leeway/core/wire";
import type { ProjectStore } from "@leeway/store";
import { createSharedLoads } from "../shared-loads.ts";
import type { ModelStore } from "./model-store.ts";

type TrafficReads = Pick<
  ModelStore,
  | "refresh"
  | "refreshRequests"
  | "traffic"
  | "guessTask"
  | "classes"
  | "activeHours"
  | "touchedHours"
  | "counts"
  | "objectiveEvents"
>;

/** trafficReads returns what a pass asks of when rows, labels and requests came. */
export function trafficReads({ activity, labels, profiles, serving }: ProjectStore): TrafficReads {
  // Chains of one model mostly ask what has changed since the same moment: the pass before.
  const shared = createSharedLoads();
  return {
    async refresh(model, part) {
      await Promise.all([part === "serving" ? undefined : labels.resolve(model), serving.refresh(model)]);
    },
    async refreshRequests(model, segment) {
      await serving.refresh(model, segment);
    },
    async traffic(model) {
      const versions = await activity.versions(model);
      return versions.map(({ version, environment, ...seen }) => ({
        model,
        version,
        environment: environmentSchema.parse(environment),
        firstSeenAt: seen.firstTimestamp,
        lastSeenAt: seen.lastTimestamp,
        lastReceivedAt: seen.lastReceivedAt,
        count: seen.rows,
      }));
    },
    async guessTask(model) {
      const [outputs, classes] = await Promise.all([activity.outputs(model), activity.classes({ model })]);
      return guessTask(outputs, classes);
    },
    classes: activity.classes,
    activeHours: async ({ model, version, environment }, { from, to }) =>
      (await activity.hours(model, from, to)).filter(
        (one) => one.version === version && one.environment === environment,
      ),
    async touchedHours(subject, basis, since) {
      const mine = (hours: readonly { version: string; environment: string; hour: number }[]) =>
        hours
          .filter(
            ({ version, environment }) => version === subject.version && environment === subject.environment,
          )
          .map(({ hour }) => hour);
      const requests = (segment: Segment | undefined) =>
        shared(["recounted", subject.model, since, segmentKey(segment)], () =>
          serving.recomputedHours(subject.model, since, segment),
        );
      switch (basis.of) {
        case "profiles":
          return profiles.recomputedHours({ ...subject, ...basis }, since);
        case "requests":
          return mine(await requests(basis.segment));
        case "labels": {
          const labelled = shared(["labelled", since], () =>
            activity.labelledHours(subject.model, since - SETTLING_MS),
          );
          return mine([...(await labelled), ...(await requests(undefined))]);
        }
        default:
          return basis satisfies never;
      }
    },
    async counts(subject, { windowMs, ...span }) {
      const windows = await serving.counts({ ...subject, ...span }, windowMs);
      return new Map(windows.map(({ start, total }) => [start, total]));
    },
    async objectiveEvents({ model, environment }, thresholdMs, { segment, ...span }) {
      const scope = { model, thresholdMs, segment };
      await serving.refreshObjective(scope);
      return serving.objectiveEvents({ ...scope, environment, ...span });
    },
  };
}
