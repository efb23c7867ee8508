import { driftWindowSchema, type Evaluation } from "@leeway/core/evaluation";
import type { Monitor } from "@leeway/core/records";
import { createEventSeries, DEFAULT_BURN_RATE_RULES } from "@leeway/core/slo";
import { type InputHealth, inputHealthOf, segmentShortage } from "@leeway/core/verdicts";
import { type TimeWindow, windowStart } from "@leeway/core/window";
import type { AssessWindow } from "../chain/assess-chain.ts";
import { emptyAggregate } from "../kinds/aggregates.ts";
import { driftAssessor } from "../kinds/drift.ts";
import { labelsAssessor } from "../kinds/labels.ts";
import { latencySloAssessor } from "../kinds/latency-slo.ts";
import { type LabelledWindow, type MaturityBasis, performanceAssessor } from "../kinds/performance.ts";
import { exceptReference, isPartOfReference } from "../kinds/reference-window.ts";
import { volumeAssessor, volumeHistoryWindows } from "../kinds/volume.ts";
import { withoutReference } from "../kinds/without-reference.ts";
import type { Span } from "../model-store/model-store.ts";
import type { AssessorTask } from "./assessor-task.ts";
import { createEstimator } from "./create-estimator.ts";
import { loadLabelBias } from "./load-label-bias.ts";
import { createNonsenseFinder } from "./nonsense-finder.ts";
import type { PassContext, PassSubject } from "./pass-context.ts";
import { performanceBaseline } from "./performance-baseline.ts";

const LONGEST_BURN_MS = Math.max(...DEFAULT_BURN_RATE_RULES.map(({ longMs }) => longMs)) + 3_600_000;

/** createAssessor loads everything that one chain needs, in a handful of queries, or returns undefined where the version can't be judged yet. */
export async function createAssessor(
  context: PassContext,
  subject: PassSubject,
  task: AssessorTask,
): Promise<AssessWindow | undefined> {
  switch (task.monitor.kind) {
    case "drift":
      return createDriftAssessor(context, subject, task);
    case "performance":
      return createPerformanceAssessor(context, subject, task);
    case "labels":
      return createLabelsAssessor(context, subject, task);
    case "volume":
      return createVolumeAssessor(context, subject, task);
    case "latency_slo":
      return createLatencySloAssessor(context, subject, task);
    default:
      return task.monitor.kind satisfies never;
  }
}

async function createDriftAssessor(
  context: PassContext,
  { traffic, held }: PassSubject,
  { monitor, windows }: AssessorTask,
): Promise<AssessWindow | undefined> {
  if (held === undefined) return undefined;
  const { reference: whole, isOwn } = held;
  const basis = { reference: whole, windowMs: monitor.window, segment: monitor.segment };
  const [profiles, baseline] = await Promise.all([
    context.modelStore.profiles(traffic, basis, spanOf(windows, monitor)),
    context.calibrations.drift(context.modelStore, whole, monitor, context.model),
  ]);
  const { reference } = baseline;
  const byStart = new Map(profiles.map((profile) => [profile.start, profile]));
  // Another version's output is no baseline for this one's: only the inputs are the same population.
  const { prediction: _other, ...inputsOnly } = reference;
  const evidenceScope = [
    [
      context.project,
      traffic.model,
      traffic.version,
      traffic.environment,
      context.model.false_alarms_per_month,
    ],
    [reference.id, reference.rows, monitor],
  ];
  const assess = driftAssessor({
    monitor,
    reference: isOwn ? reference : inputsOnly,
    baseline,
    profiles: byStart,
    loadSample: (profile, limit) => context.modelStore.sample(traffic, profile, limit, monitor.segment),
    loadEmbeddings: (profile, limit) =>
      context.modelStore.embeddings(traffic, profile, limit, monitor.segment),
    loadSources: (profile, wanted) =>
      context.modelStore.sources(traffic, { ...basis, reference }, profile, wanted),
    // Rows are only ever added: a window with as many has the same. What is not compared with its reference anyway need not be looked at.
    keepEvidence: async (profile, sample) =>
      isPartOfReference(profile, reference, traffic.version)
        ? {}
        : context.calibrations.evidence([...evidenceScope, profile.start, profile.rows], sample),
  });
  const shortage = segmentShortage(reference, monitor.segment);
  const judged =
    shortage === undefined ? assess : withoutReference(assess, byStart, { reference, reason: shortage });
  return exceptReference(judged, reference, traffic.version);
}

async function createPerformanceAssessor(
  context: PassContext,
  subject: PassSubject,
  task: AssessorTask,
): Promise<AssessWindow> {
  const [windows, maturity] = await Promise.all([
    loadLabelled(context, subject, task),
    maturityBasis(context),
  ]);
  const found = await performanceBaseline(context, subject, task.monitor, maturity);
  const assess = performanceAssessor({
    monitor: task.monitor,
    model: context.model,
    windows,
    empty: emptyAggregate(context.model.task),
    baseline: found?.baseline,
    maturity,
    inputs: inputsByWindow(task),
    known: task.known,
    labelBias: await loadLabelBias(context, subject, task, windows, maturity),
    estimator: await createEstimator(context, subject, task, windows, found),
    nonsenseOf: createNonsenseFinder(context.model, await context.classes(), found?.baseline.aggregate),
  });
  return found?.span === undefined ? assess : exceptReference(assess, found.span, subject.traffic.version);
}

async function createLabelsAssessor(
  context: PassContext,
  subject: PassSubject,
  task: AssessorTask,
): Promise<AssessWindow> {
  const [windows, maturity] = await Promise.all([
    loadLabelled(context, subject, task),
    maturityBasis(context),
  ]);
  const found = await performanceBaseline(context, subject, task.monitor, maturity);
  return labelsAssessor({
    windows,
    maturity,
    usual: found?.baseline.aggregate,
    inputs: inputsByWindow(task),
    nonsenseOf: createNonsenseFinder(context.model, await context.classes(), found?.baseline.aggregate),
  });
}

async function createVolumeAssessor(
  context: PassContext,
  { traffic }: PassSubject,
  { monitor, windows }: AssessorTask,
): Promise<AssessWindow> {
  const span = spanOf(windows, monitor);
  const from = span.from - volumeHistoryWindows(monitor.window) * monitor.window;
  const counts = await context.modelStore.counts(traffic, { ...span, from });
  // A segment may appear later than its version: until it does, there is nothing to learn from.
  const isLate =
    monitor.segment !== undefined && !counts.has(windowStart(traffic.firstSeenAt, monitor.window));
  const firstSeenAt = isLate ? Math.min(...counts.keys()) + 1 : traffic.firstSeenAt;
  const opening = windowStart(firstSeenAt, monitor.window);
  return volumeAssessor({
    counts,
    firstStart: opening === firstSeenAt ? opening : opening + monitor.window,
    falseAlarmsPerMonth: context.model.false_alarms_per_month,
  });
}

async function createLatencySloAssessor(
  context: PassContext,
  { traffic }: PassSubject,
  { monitor, windows }: AssessorTask,
): Promise<AssessWindow | undefined> {
  const { objective } = monitor;
  if (objective === undefined) return undefined;
  const span = spanOf(windows, monitor);
  const events = await context.modelStore.objectiveEvents(traffic, objective.threshold_ms, {
    // All versions spend one budget: the period may begin before this one was there.
    from: span.from - objective.period,
    to: span.to,
    segment: span.segment,
    // No burn rate looks further back than this; the budget of a month is as good by the hour.
    coarseBefore: span.from - LONGEST_BURN_MS,
  });
  const versions = new Map([...events].map(([version, minutes]) => [version, createEventSeries(minutes)]));
  return latencySloAssessor({
    objective,
    version: traffic.version,
    isPinned: monitor.version !== undefined,
    versions,
  });
}

async function loadLabelled(
  context: PassContext,
  { traffic, held }: PassSubject,
  { monitor, windows }: AssessorTask,
): Promise<ReadonlyMap<number, LabelledWindow>> {
  const span = spanOf(windows, monitor);
  // Performance and labels mostly owe the same windows.
  const rows = await context.shared(["labelled", traffic.version, traffic.environment, span], () =>
    context.modelStore.labelled(traffic, context.model, held?.reference, span),
  );
  return new Map(rows.map((row) => [row.start, row]));
}

function inputsByWindow({ monitor, inputs }: AssessorTask): ReadonlyMap<number, InputHealth> {
  const sameLength = inputs.filter((input) => input.window_end - input.window_start === monitor.window);
  return new Map(sameLength.map((input) => [input.window_start, healthOf(input)]));
}

// A window whose evaluation failed has no features to look at.
function healthOf({ outcome, cause, reason, detail }: Evaluation): InputHealth {
  const window = driftWindowSchema.safeParse(detail);
  return window.success ? inputHealthOf({ outcome, cause, reason }, window.data) : { outcome, cause, reason };
}

async function maturityBasis(context: PassContext): Promise<MaturityBasis> {
  return {
    asOf: context.asOf,
    curve: await context.arrivalCurve(),
    labelDelayMs: context.model.label_delay,
  };
}

function spanOf(windows: readonly TimeWindow[], { window, segment }: Monitor): Span {
  return { from: windows[0]!.start, to: windows.at(-1)!.end, windowMs: window, segment };
}
