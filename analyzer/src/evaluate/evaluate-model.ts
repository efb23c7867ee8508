import type { LabelArrivalCurve } from "@leeway/core/performance";
import type { EvaluateJob } from "@leeway/core/queue";
import type { Monitor } from "@leeway/core/records";
import type { Store } from "@leeway/store";
import type { EvaluatePass } from "../queues/start-workers.ts";
import type { CalibrationCache } from "./baselines/calibration-cache.ts";
import type { Assessment } from "./chain/assess-chain.ts";
import type { ModelStore } from "./model-store.ts";
import { foldIncidents } from "./pass/fold-incidents.ts";
import { judgeSubject } from "./pass/judge-subject.ts";
import type { ChainLook, PassContext, PassSubject } from "./pass/pass-context.ts";
import { rangeAlarms } from "./pass/range-alarms.ts";
import { ensureRecords } from "./setup/ensure-records.ts";
import { ensureReference } from "./setup/ensure-reference.ts";
import { createSharedLoads } from "./shared-loads.ts";

/** EvaluateDeps is what every pass needs. */
export interface EvaluateDeps {
  store: Pick<Store, "records" | "evaluations" | "putRecordsTogether">;
  modelStore: (project: string) => ModelStore;
  calibrations: CalibrationCache;
  /** Event time up to which a model is complete. */
  asOf: number;
  /** The usual arrival of a model's labels. */
  arrivalCurve: (store: ModelStore, model: string, asOf: number) => Promise<LabelArrivalCurve | undefined>;
  /** When each chain was last looked at, and what was left of it then. */
  lookedAt: Map<string, ChainLook>;
  now: () => number;
}

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
  const { model, monitors, references, archived } = await ensureRecords(setup, name, traffic, asOf);
  const subjects: PassSubject[] = [];
  for (const one of traffic) {
    const held = await ensureReference(setup, one, references, asOf);
    subjects.push({ traffic: one, held, isArchived: archived.has(one.version) });
  }
  const context: PassContext = {
    project,
    model,
    modelStore,
    evaluations: deps.store.evaluations,
    calibrations: deps.calibrations,
    progress: await deps.store.evaluations.progress(project, name),
    arrivalCurve: once(() => deps.arrivalCurve(modelStore, name, asOf)),
    asOf,
    now,
    range,
    windowLimit: range === undefined ? WINDOWS_PER_PASS : WINDOWS_PER_RANGE,
    lookedAt: deps.lookedAt,
    looking: new Map(),
    shared: createSharedLoads(),
  };
  const wanted = subjects.filter(({ traffic: { version } }) => (range?.version ?? version) === version);
  const assessments = await judgeSubjects(context, wanted, monitors, range?.window);
  const changed = assessments.filter(({ change }) => change !== "same");
  const folded =
    range === undefined || range.raise
      ? await foldIncidents(
          { records: deps.store.records, project, now, asOf },
          { name, traffic, monitors },
          changed,
        )
      : { changes: [], queued: [] };
  await deps.store.putRecordsTogether(project, folded.changes, "leeway");
  await deps.store.evaluations.insert(
    project,
    changed.map(({ evaluation }) => evaluation),
  );
  for (const [chain, look] of context.looking) deps.lookedAt.set(chain, look);
  return {
    result: {
      windows: new Set(assessments.map(windowName)).size,
      alarms: range === undefined ? [] : rangeAlarms(assessments, now),
    },
    deliver: folded.queued.map(({ id }) => ({ project, notification_id: id })),
    isComplete: [...context.looking.values()].every(({ left }) => left === undefined),
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
    const mine = monitorsOf(subject, monitors).map((monitor) =>
      windowMs === undefined ? monitor : { ...monitor, window: windowMs },
    );
    assessments.push(...(await judgeSubject(context, subject, mine)));
  }
  return assessments;
}

function monitorsOf({ traffic }: PassSubject, monitors: readonly Monitor[]): Monitor[] {
  return monitors.filter(
    (monitor) =>
      monitor.enabled &&
      monitor.environment === traffic.environment &&
      (monitor.version ?? traffic.version) === traffic.version,
  );
}

function windowName({ evaluation }: Assessment): string {
  const { version, environment, window_start, window_end } = evaluation;
  return JSON.stringify([version, environment, window_start, window_end]);
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
