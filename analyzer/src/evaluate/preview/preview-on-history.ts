import type { Evaluation } from "@leeway/core/evaluation";
import type { LabelArrivalCurve } from "@leeway/core/performance";
import type { PreviewJob, PreviewResult } from "@leeway/core/queue";
import type { Incident } from "@leeway/core/records";
import {
  monitorBudget,
  type PreviewedWindow,
  previewedWindow,
  previewMonitor,
  withFamilyShare,
} from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import { loadIncidents, type Store } from "@leeway/store";
import { createCalibrationCache } from "../baselines/calibration-cache.ts";
import { assessChain } from "../chain/assess-chain.ts";
import type { ModelStore } from "../model-store/model-store.ts";
import { createAssessor } from "../pass/create-assessor.ts";
import { inSegment } from "../pass/judge-monitor.ts";
import { overlaps, type PassContext, type PassSubject } from "../pass/pass-context.ts";
import { planWindows } from "../pass/plan-windows.ts";
import type { PlannedMonitor } from "../pass/planned-monitor.ts";
import { loadStoredVerdicts } from "../pass/stored-verdicts.ts";
import { dueWindows } from "../schedule/due-windows.ts";
import { knownModel } from "../setup/known-model.ts";
import { createSharedLoads } from "../shared-loads.ts";
import { previewSubject } from "./preview-subject.ts";

/** PreviewDeps is what a preview needs of the analyzer. */
export interface PreviewDeps {
  store: Pick<Store, "records" | "evaluations">;
  modelStore: ModelStore;
  asOf: number;
  arrivalCurve: (store: ModelStore, model: string, asOf: number) => Promise<LabelArrivalCurve | undefined>;
  now: () => number;
}

// Loaded and judged at once; nobody waits much longer than these take once the deadline has passed.
const BLOCK = 50;

/**
 * previewOnHistory returns how a monitor would have judged the due windows of one version in a range: by the very assessments that a pass makes, in
 * order, with nothing stored. What was learned from references and rows is forgotten afterwards, so that a preview takes no verdict's place in memory.
 */
export async function previewOnHistory(deps: PreviewDeps, job: PreviewJob): Promise<PreviewResult> {
  const { monitor } = job;
  const { modelStore, asOf } = deps;
  await modelStore.refresh(monitor.model);
  const found = await previewSubject({ records: deps.store.records, modelStore, asOf, now: deps.now() }, job);
  if (monitor.kind === "drift" && found.waitsBecause !== undefined) {
    return { outcome: "no_reference", reason: found.waitsBecause };
  }
  const { subject, family } = found;
  const model = await knownModel(modelStore, found.model);
  const context: PassContext = {
    project: job.project,
    model: withFamilyShare(model, monitor, family),
    modelStore,
    evaluations: deps.store.evaluations,
    calibrations: createCalibrationCache(),
    progress: [],
    arrivalCurve: () => deps.arrivalCurve(modelStore, monitor.model, asOf),
    classes: () => modelStore.classes(model),
    asOf,
    now: deps.now(),
    range: { from: job.from, to: job.to, raise: false },
    windowLimit: BLOCK,
    lookedAt: () => undefined,
    shared: createSharedLoads(),
  };
  const planned = await planWindows(context, subject, monitor);
  const { firstSeenAt, lastSeenAt } = subject.traffic;
  const due = dueWindows(
    { first: firstSeenAt, last: lastSeenAt },
    asOf,
    monitor.window,
    subject.isArchived,
  ).filter((window) => overlaps(window, job.from, job.to));
  const judged = await judgeBlocks(context, subject, planned, due, () => deps.now() > job.deadline);
  if (judged.length < due.length) {
    const reason = `${judged.length} of ${due.length} windows were judged in time: choose longer windows or a shorter range`;
    return { outcome: "too_long", reason };
  }
  const { incidents } = await loadIncidents(deps.store, job.project);
  const marked = incidents.filter((incident) => isOfPreview(incident, job));
  const preview = previewMonitor(judged, {
    windowMs: monitor.window,
    budgetPerMonth: monitorBudget(model, monitor, family),
    marked,
  });
  const referenceId = monitor.kind === "drift" ? subject.held?.reference.id : undefined;
  return {
    outcome: "previewed",
    preview: referenceId === undefined ? preview : { ...preview, reference_id: referenceId },
  };
}

function isOfPreview(incident: Incident, { monitor, version, from, to }: PreviewJob): boolean {
  const { model, environment } = monitor;
  const isIts =
    incident.model === model && incident.environment === environment && incident.version === version;
  return isIts && incident.started_at < to && incident.last_failing_at > from;
}

async function judgeBlocks(
  context: PassContext,
  subject: PassSubject,
  planned: PlannedMonitor,
  due: readonly TimeWindow[],
  isLate: () => boolean,
): Promise<PreviewedWindow[]> {
  const { monitor, segment } = planned;
  const { model, version, environment } = subject.traffic;
  const judged: PreviewedWindow[] = [];
  const known = new Map<number, Evaluation>();
  let previousState: object | undefined;
  for (let from = 0; from < due.length && !isLate(); from += BLOCK) {
    const windows = due.slice(from, from + BLOCK);
    // What a block loaded is of no use to the next.
    const block = { ...context, shared: createSharedLoads() };
    const isOfInputs = monitor.kind === "performance";
    const stored = isOfInputs ? await loadStoredVerdicts(block, subject, planned, windows) : undefined;
    const assess = await createAssessor(block, subject, {
      ...{ monitor, windows, known, inputs: stored?.drift ?? [] },
    });
    const assessments = await assessChain({
      scope: { model, version, environment, monitor_id: monitor.id, kind: monitor.kind, segment },
      ...{ windows, previousState, known: new Map(), evaluatedAt: context.now },
      assess: inSegment(segment, assess ?? withoutObjective),
    });
    previousState = assessments.at(-1)?.evaluation.state;
    for (const { evaluation, blamed } of assessments) {
      judged.push(previewedWindow(evaluation, blamed));
      // Estimates are trusted by how those before turned out; verdicts on inputs are large and ask for none.
      if (isOfInputs) known.set(evaluation.window_start, evaluation);
    }
  }
  return judged;
}

function withoutObjective(window: TimeWindow) {
  const reason = "This monitor has no objective to be held to";
  return {
    ...{ outcome: "not_defined" as const, reason, state: {}, blamed: [] },
    detail: { ...window, outcome: "not_defined", reason },
  };
}
