import type { UnlabelledScores } from "@leeway/core/estimation";
import { mergeAggregates, performanceAnchor, performanceTask } from "@leeway/core/performance";
import type { ProjectStore } from "@leeway/store";
import type { ModelStore } from "./model-store.ts";

type PerformanceReads = Pick<
  ModelStore,
  | "labelled"
  | "scores"
  | "classScores"
  | "lossRows"
  | "referenceLabels"
  | "segmentLosses"
  | "outputStrata"
  | "weighed"
>;

/** performanceReads returns what a pass asks of predictions and their labels. */
export function performanceReads({ performance }: ProjectStore): PerformanceReads {
  return {
    async labelled(subject, model, reference, { windowMs, ...span }) {
      const task = performanceTask(model, performanceAnchor(reference));
      return performance.keptWindows({ ...subject, ...span }, task, windowMs);
    },
    async scores(subject, model, { windowMs, ...span }) {
      const task = performanceTask(model, 0);
      if (task.task !== "binary") return new Map();
      const windows = await performance.scores({ ...subject, ...span }, task, windowMs);
      return new Map(windows.map((window) => [window.start, window]));
    },
    async classScores(subject, { windowMs, ...span }) {
      const rows = await performance.classScores({ ...subject, ...span }, windowMs);
      const windows = new Map<number, Map<string, UnlabelledScores>>();
      for (const { start, name, scores } of rows) {
        const classes = windows.get(start) ?? new Map<string, UnlabelledScores>();
        windows.set(start, classes.set(name, scores));
      }
      return windows;
    },
    lossRows: performance.lossRows,
    async referenceLabels(reference, model, windowMs, segment) {
      const task = performanceTask(model, performanceAnchor(reference));
      const windows = await performance.referenceWindows(reference.id, task, windowMs, segment);
      const aggregate = mergeAggregates(windows.map((window) => window.aggregate));
      return aggregate === undefined ? undefined : { aggregate, windows };
    },
    async segmentLosses(rows, model, cuts) {
      if ("reference" in rows) {
        const task = performanceTask(model, performanceAnchor(rows.reference));
        return performance.segmentLosses({ referenceId: rows.reference.id }, task, cuts);
      }
      const { subject, from, to } = rows;
      const filter = {
        model: subject.model,
        version: subject.version,
        environment: subject.environment,
        from,
        to,
      };
      return performance.segmentLosses(filter, performanceTask(model, 0), cuts);
    },
    outputStrata: (subject, { windowMs, ...span }) =>
      performance.outputStrata({ ...subject, ...span }, windowMs),
    async weighed(subject, model, { windowMs, ...span }, weights) {
      const task = performanceTask(model, 0);
      const [window] = await performance.windows({ ...subject, ...span }, task, windowMs, weights);
      return window?.aggregate;
    },
  };
}
