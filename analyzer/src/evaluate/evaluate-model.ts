import type { Evaluation } from "@leeway/core/evaluation";
import { type LabelArrivalCurve, learnArrivalCurve } from "@leeway/core/performance";
import type { EvaluateJob } from "@leeway/core/queue";
import type { Monitor, MonitorKind } from "@leeway/core/records";
import type { Store } from "@leeway/store";
import type { EvaluatePass } from "../queues/start-workers.ts";
import type { Assessment } from "./chain/assess-chain.ts";
import type { CalibrationCache } from "./kinds/calibration-cache.ts";
import type { ModelStore } from "./model-store.ts";
import { blameConceptDrift } from "./pass/blame-concept-drift.ts";
import { foldIncidents } from "./pass/fold-incidents.ts";
import { judgeMonitor } from "./pass/judge-monitor.ts";
import type { PassContext, PassSubject } from "./pass/pass-context.ts";
import { rangeAlarms } from "./pass/range-alarms.ts";
import { ensureRecords } from "./setup/ensure-records.ts";
import { ensureReference } from "./setup/ensure-reference.ts";

/** EvaluateDeps is what every pass needs. */
export interface EvaluateDeps {
  store: Pick<Store, "records" | "evaluations" | "putRecordsTogether">;
  modelStore: (project: string) => ModelStore;
  calibrations: CalibrationCache;
  /** Event time up to which a model is complete. */
  asOf: number;
  revisions: Map<string, number>;
  now: () => number;
}

// Inputs before performance: whether a loss is the concept's or the inputs' is read from the same window's drift verdict.
const ORDER: readonly MonitorKind[] = ["drift", "performance", "labels", "volume", "latency_slo"];
const WINDOWS_PER_PASS = 200;
const WINDOWS_PER_RANGE = 5_000;
const NOTHING: EvaluatePass = { result: { windows: 0, alarms: [] }, deliver: [], isComplete: true };

/**
 * evaluateModel runs one pass over one model: it completes the records, refreshes the roll-ups, judges every window that the schedule owes (or the
 * job's range), and saves verdicts, incidents and notifications. Records come first and verdicts last: a pass that is cut off between is repeated
 * over the same windows and changes nothing twice.
 */
export async function evaluateModel(deps: EvaluateDeps, job: EvaluateJob): Promise<EvaluatePass> {
  const { project, model: name, range } = job;
  const { asOf } = deps;
  const now = deps.now();
  const modelStore = deps.modelStore(project);
  await modelStore.refresh(name);
  const traffic = await modelStore.traffic(name);
  if (traffic.length === 0) return NOTHING;
  const setup = { records: deps.store.records, modelStore, project, now };
  const { model, monitors, references } = await ensureRecords(setup, name, traffic, asOf);
  const subjects: PassSubject[] = [];
  for (const one of traffic) {
    subjects.push({ traffic: one, held: await ensureReference(setup, one, references, asOf) });
  }
  const context: PassContext = {
    project,
    model,
    modelStore,
    evaluations: deps.store.evaluations,
    calibrations: deps.calibrations,
    progress: await deps.store.evaluations.progress(project, name),
    arrivalCurve: once(() => learnCurve(modelStore, name, asOf)),
    asOf,
    now,
    range,
    windowLimit: range === undefined ? WINDOWS_PER_PASS : WINDOWS_PER_RANGE,
    revisions: deps.revisions,
  };
  const wanted = subjects.filter(({ traffic: { version } }) => (range?.version ?? version) === version);
  const assessments = await judgeSubjects(context, wanted, monitors, range?.window);
  const changed = assessments.filter(({ change }) => change !== "same");
  const folded =
    range === undefined || range.raise
      ? await foldIncidents({ records: deps.store.records, project, now }, name, monitors, changed)
      : { changes: [], queued: [] };
  await deps.store.putRecordsTogether(project, folded.changes, "leeway");
  await deps.store.evaluations.insert(
    project,
    changed.map(({ evaluation }) => evaluation),
  );
  return {
    result: {
      windows: new Set(assessments.map(windowName)).size,
      alarms: range === undefined ? [] : rangeAlarms(assessments, now),
    },
    deliver: folded.queued.map(({ id }) => ({ project, notification_id: id })),
    isComplete: !isCutOff(assessments, context.windowLimit),
  };
}

async function judgeSubjects(
  context: PassContext,
  subjects: readonly PassSubject[],
  monitors: readonly Monitor[],
  windowMs: number | undefined,
): Promise<Assessment[]> {
  const assessments: Assessment[] = [];
  for (const subject of subjects) {
    const inputs: Evaluation[] = [];
    for (const monitor of monitorsOf(subject, monitors)) {
      const scaled = windowMs === undefined ? monitor : { ...monitor, window: windowMs };
      const found = await judgeMonitor(context, subject, scaled, inputs);
      const judged =
        monitor.kind === "performance" ? await blameConceptDrift(context, subject, scaled, found) : found;
      assessments.push(...judged);
      if (monitor.kind === "drift") inputs.push(...judged.map(({ evaluation }) => evaluation));
    }
  }
  return assessments;
}

function monitorsOf({ traffic }: PassSubject, monitors: readonly Monitor[]): Monitor[] {
  return monitors
    .filter(
      (monitor) =>
        monitor.enabled &&
        monitor.environment === traffic.environment &&
        (monitor.version ?? traffic.version) === traffic.version,
    )
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

function windowName({ evaluation }: Assessment): string {
  const { version, environment, window_start, window_end } = evaluation;
  return JSON.stringify([version, environment, window_start, window_end]);
}

// A chain that filled the limit may have left windows behind.
function isCutOff(assessments: readonly Assessment[], limit: number): boolean {
  const counts = new Map<string, number>();
  for (const { evaluation } of assessments) {
    const chain = JSON.stringify([evaluation.monitor_id, evaluation.version, evaluation.environment]);
    counts.set(chain, (counts.get(chain) ?? 0) + 1);
  }
  return [...counts.values()].some((count) => count >= limit);
}

async function learnCurve(
  store: ModelStore,
  model: string,
  asOf: number,
): Promise<LabelArrivalCurve | undefined> {
  const learned = learnArrivalCurve(await store.labelCohorts(model, asOf));
  return learned.outcome === "ok" ? learned.curve : undefined;
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
