import { createHash } from "node:crypto";
import type { UnlabelledScores } from "@leeway/core/estimation";
import {
  guessTask,
  type LabelCohort,
  mergeAggregates,
  performanceAnchor,
  performanceTask,
} from "@leeway/core/performance";
import type { Segment } from "@leeway/core/segment";
import { SETTLING_MS, windowsBetween } from "@leeway/core/window";
import { environmentSchema } from "@leeway/core/wire";
import type { Store } from "@leeway/store";
import type { ModelStore, Span, Subject } from "./model-store.ts";
import { createSharedLoads } from "./shared-loads.ts";

const DAY = 86_400_000;

/** createModelStore returns what one pass asks of the store, for one project. */
export function createModelStore(store: Store, project: string): ModelStore {
  // Chains of one model mostly ask what has changed since the same moment: the pass before.
  const shared = createSharedLoads();
  return {
    async refresh(model) {
      await Promise.all([store.labels.resolve(project, model), store.serving.refresh(project, model)]);
    },
    refreshProfiles: async (subject, basis) => {
      await store.profiles.refresh(project, { ...subject, ...basis });
    },
    async refreshRequests(model, segment) {
      await store.serving.refresh(project, model, segment);
    },
    profiles: (subject, basis, span) => store.profiles.windows(project, { ...subject, ...basis, ...span }),
    referenceProfiles: (reference, windowMs, segment) =>
      store.profiles.referenceWindows(project, reference, windowMs, segment),
    segmentReference: (reference, segment) => store.references.ofSegment(project, reference, segment),
    sample: ({ model, version, environment }, { start, end, rows }, limit, segment) =>
      store.profiles.sample(
        project,
        { model, version, environment },
        { span: { from: start, to: end }, rows, limit, segment },
      ),
    embeddings: ({ model, version, environment }, { start, end, rows }, limit, segment) =>
      store.profiles.embeddings(
        project,
        { model, version, environment },
        { span: { from: start, to: end }, rows, limit, segment },
      ),
    referenceEmbeddings: (reference, query) => store.profiles.referenceEmbeddings(project, reference, query),
    referenceSample: (reference, query) => store.profiles.referenceSample(project, reference, query),
    sources: ({ model, version, environment }, { reference, segment }, { start, end, rows }, wanted) =>
      store.profiles.sources(project, {
        model,
        version,
        environment,
        reference,
        segment,
        start,
        end,
        rows,
        ...wanted,
      }),
    activeHours: async ({ model, version, environment }, { from, to }) =>
      (await store.activity.hours(project, model, from, to)).filter(
        (one) => one.version === version && one.environment === environment,
      ),
    async takeReference(subject, { from, to }) {
      // The id follows from the rows, so that a pass that is repeated makes the same reference again.
      const id = `automatic-${createHash("sha256")
        .update(JSON.stringify([subject, from, to]))
        .digest("hex")
        .slice(0, 24)}`;
      return store.references.fromWindow(project, { ...subject, id, source: "automatic", from, to });
    },
    async traffic(model) {
      const versions = await store.activity.versions(project, model);
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
      const [outputs, classes] = await Promise.all([
        store.activity.outputs(project, model),
        store.activity.classes(project, { model }),
      ]);
      return guessTask(outputs, classes);
    },
    classes: (model) => store.activity.classes(project, model),
    async touchedHours(subject, basis, since) {
      const mine = (hours: readonly { version: string; environment: string; hour: number }[]) =>
        hours
          .filter(
            ({ version, environment }) => version === subject.version && environment === subject.environment,
          )
          .map(({ hour }) => hour);
      const requests = (segment: Segment | undefined) =>
        store.serving.recomputedHours(project, subject.model, since, segment);
      switch (basis.of) {
        case "profiles":
          return store.profiles.recomputedHours(project, { ...subject, ...basis }, since);
        case "requests":
          return mine(await requests(basis.segment));
        case "labels": {
          const labelled = shared(["labelled", since], () =>
            store.activity.labelledHours(project, subject.model, since - SETTLING_MS),
          );
          return mine([...(await labelled), ...(await requests(undefined))]);
        }
        default:
          return basis satisfies never;
      }
    },
    async labelled(subject, model, reference, { windowMs, ...span }) {
      const task = performanceTask(model, performanceAnchor(reference));
      return store.performance.keptWindows(project, { ...subject, ...span }, task, windowMs);
    },
    async scores(subject, model, { windowMs, ...span }) {
      const task = performanceTask(model, 0);
      if (task.task !== "binary") return new Map();
      const windows = await store.performance.scores(project, { ...subject, ...span }, task, windowMs);
      return new Map(windows.map((window) => [window.start, window]));
    },
    async classScores(subject, { windowMs, ...span }) {
      const rows = await store.performance.classScores(project, { ...subject, ...span }, windowMs);
      const windows = new Map<number, Map<string, UnlabelledScores>>();
      for (const { start, name, scores } of rows) {
        const classes = windows.get(start) ?? new Map<string, UnlabelledScores>();
        windows.set(start, classes.set(name, scores));
      }
      return windows;
    },
    lossRows: (sample, inputs) => store.performance.lossRows(project, sample, inputs),
    async referenceLabels(reference, model, windowMs, segment) {
      const task = performanceTask(model, performanceAnchor(reference));
      const windows = await store.performance.referenceWindows(
        project,
        reference.id,
        task,
        windowMs,
        segment,
      );
      const aggregate = mergeAggregates(windows.map((window) => window.aggregate));
      return aggregate === undefined ? undefined : { aggregate, windows };
    },
    async segmentLosses(rows, model, cuts) {
      if ("reference" in rows) {
        const task = performanceTask(model, performanceAnchor(rows.reference));
        return store.performance.segmentLosses(project, { referenceId: rows.reference.id }, task, cuts);
      }
      const { subject, from, to } = rows;
      const filter = {
        model: subject.model,
        version: subject.version,
        environment: subject.environment,
        from,
        to,
      };
      return store.performance.segmentLosses(project, filter, performanceTask(model, 0), cuts);
    },
    async classArrivals(subject, span, ages) {
      const filter = wholeWindows(subject, span);
      return filter === undefined ? [] : store.labels.classArrivals(project, filter, span.windowMs, ages);
    },
    async valueArrivals(subject, span, ages) {
      const filter = wholeWindows(subject, span);
      return filter === undefined ? [] : store.labels.valueArrivals(project, filter, span.windowMs, ages);
    },
    outputStrata: (subject, { windowMs, ...span }) =>
      store.performance.outputStrata(project, { ...subject, ...span }, windowMs),
    async weighed(subject, model, { windowMs, ...span }, weights) {
      const task = performanceTask(model, 0);
      const [window] = await store.performance.windows(
        project,
        { ...subject, ...span },
        task,
        windowMs,
        weights,
      );
      return window?.aggregate;
    },
    async labelCohorts(model, { from, to }) {
      const versions = await store.activity.versions(project, model);
      const days = { from: Math.floor(from / DAY) * DAY, to: Math.ceil(to / DAY) * DAY };
      const arrivals = await Promise.all(
        versions.map(({ version, environment }) =>
          store.labels.arrivals(project, { model, version, environment, ...days }, DAY),
        ),
      );
      return arrivals
        .flat()
        .map(({ start, ...window }): LabelCohort => ({ ...window, ageMs: Math.max(0, to - start - DAY) }));
    },
    async counts(subject, { windowMs, ...span }) {
      const windows = await store.serving.counts(project, { ...subject, ...span }, windowMs);
      return new Map(windows.map(({ start, total }) => [start, total]));
    },
    async objectiveEvents({ model, environment }, thresholdMs, { segment, ...span }) {
      const scope = { model, thresholdMs, segment };
      await store.serving.refreshObjective(project, scope);
      return store.serving.objectiveEvents(project, { ...scope, environment, ...span });
    },
  };
}

// Whole windows only: a cut one would lack the labels of its other part.
function wholeWindows({ model, version, environment }: Subject, { from, to, windowMs }: Span) {
  const whole = windowsBetween(from, to, windowMs).filter(({ start, end }) => start >= from && end <= to);
  const [first, last] = [whole[0], whole.at(-1)];
  return first === undefined || last === undefined
    ? undefined
    : { model, version, environment, from: first.start, to: last.end };
}

// Sums about the reference's mean output stay exact where those about 0 would cancel.
