import { isPassingTrouble } from "@leeway/core/errors";
import { judgeRange, type RangeVerdict } from "@leeway/core/evaluation";
import { type IncidentEvaluation, type RangeAlarm, rangeAlarms } from "@leeway/core/incidents";
import type { LabelArrivalCurve } from "@leeway/core/performance";
import type { EvaluateJob } from "@leeway/core/queue";
import type { Model, Monitor, Notification } from "@leeway/core/records";
import type { Store } from "@leeway/store";
import { partOf } from "../reconcile/pass-note.ts";
import type { CalibrationCache } from "./baselines/calibration-cache.ts";
import { watchBlindness } from "./blindness/watch-blindness.ts";
import type { Assessment } from "./chain/assess-chain.ts";
import type { EvaluatePass, PassLeavings } from "./evaluate-pass.ts";
import { foldVerdicts, loadIncidents, storeStep } from "./fold/fold-verdicts.ts";
import { loadEarlierRuns } from "./fold/load-earlier-runs.ts";
import { queueNotifications } from "./fold/queue-notifications.ts";
import { retireIncidents } from "./fold/retire-incidents.ts";
import { verdictDueness } from "./fold/verdict-dueness.ts";
import type { ModelStore, VersionTraffic } from "./model-store/model-store.ts";
import { changedVerdicts } from "./pass/changed-verdicts.ts";
import { judgeSubject } from "./pass/judge-subject.ts";
import type { JudgedChain } from "./pass/judged-chain.ts";
import type { ChainLook, PassContext, PassSubject, WatchedSubject } from "./pass/pass-context.ts";
import { ensureRecords, type ModelRecords } from "./setup/ensure-records.ts";
import { ensureReference } from "./setup/ensure-reference.ts";
import { knownModel } from "./setup/known-model.ts";
import { watchedBy } from "./setup/watched-by.ts";
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
  /** When each chain was last looked at, and what was left of it then; undefined of one that this analyzer has not looked at. */
  lookedAt: (chain: string) => ChainLook | undefined;
  /** Learns of the monitors that could not be judged. */
  onFailures?: (model: string, chains: readonly JudgedChain[]) => void;
  now: () => number;
}

const WINDOWS_PER_PASS = 200;
const WINDOWS_PER_RANGE = 5_000;
/** NOTHING_EVALUATED is a pass over a model without traffic. */
export const NOTHING_EVALUATED: EvaluatePass = {
  result: { windows: 0, alarms: [], ...judgeRange({ alarms: 0, verdicts: [], kinds: [] }) },
  deliver: [],
  isComplete: true,
};

/**
 * evaluateModel runs one pass over one model: it completes the records, refreshes the roll-ups, judges every window that the schedule owes (or the job's range), stores
 * the verdicts, and folds into incidents every stored verdict that was not folded yet. A range without `raise` folds nothing. A pass that is cut off
 * anywhere is repeated and changes nothing twice. Where the store was away for some monitor, what the others gave is stored before the error is thrown.
 */
export async function evaluateModel(deps: EvaluateDeps, job: EvaluateJob): Promise<EvaluatePass> {
  const { project, model: name, range } = job;
  const now = deps.now();
  const modelStore = deps.modelStore(project);
  const isServing = job.part === "serving";
  await modelStore.refresh(name, job.part);
  const traffic = await modelStore.traffic(name);
  if (traffic.length === 0) return NOTHING_EVALUATED;
  const setup = { records: deps.store.records, modelStore, project, now };
  const records = await ensureRecords(setup, name, traffic, deps.asOf);
  const subjects = isServing
    ? withoutReferences(records, traffic)
    : await holdReferences(setup, records, traffic, deps.asOf);
  const model = isServing ? records.model : await knownModel(modelStore, records.model);
  const context = await createPassContext(deps, job, model, modelStore, now);
  const watched = subjects.map((subject) => ({
    subject,
    monitors: watchedBy(subject.traffic, records.monitors),
  }));
  const chains = await judgeSubjects(context, isServing ? watched.map(servingOf) : watched);
  await deps.store.evaluations.insert(project, changedVerdicts(chains));
  const queued =
    range === undefined || range.raise ? await fold(deps, context, watched, records.monitors) : [];
  if (range === undefined && !isServing) {
    const { asOf, progress } = context;
    const model = { name, watched, monitors: records.monitors, progress, asOf };
    const outcome = { outcome: "judged" as const, chains };
    const later = { store: deps.store, project, now: now + queued.length };
    queued.push(...(await watchBlindness(later, model, outcome)));
  }
  const failed = chains.filter(({ failure }) => failure !== undefined);
  deps.onFailures?.(name, failed);
  const away = failed.find(({ failure }) => isPassingTrouble(failure?.error));
  if (away !== undefined) throw away.failure?.error;
  const assessments = chains.flatMap((chain) => chain.assessments);
  const alarms = range === undefined ? [] : await alarmsOf(deps, job, chains, now);
  return {
    result: {
      windows: new Set(assessments.map(windowName)).size,
      ...judgeRange({
        alarms: alarms.length,
        verdicts: assessments.map(rangeVerdict),
        kinds: watched
          .filter(({ subject }) => (range?.version ?? subject.traffic.version) === subject.traffic.version)
          .flatMap(({ monitors }) => monitors.map(({ kind }) => kind)),
      }),
      alarms,
    },
    deliver: queued.map(({ id, channel_id }) => ({ project, notification_id: id, channel_id })),
    isComplete: chains.every(({ remember }) => remember.every(({ look }) => look.left === undefined)),
    leaves: leavingsOf(chains, watched),
  };
}

function leavingsOf(chains: readonly JudgedChain[], watched: readonly WatchedSubject[]): PassLeavings {
  const isError = ({ evaluation }: Assessment) => evaluation.outcome === "error";
  return {
    looks: chains.flatMap(({ remember }) => remember),
    isLearning: watched.some(
      ({ subject: { held, isArchived }, monitors }) =>
        !isArchived && (held === undefined || monitors.length === 0),
    ),
    isOwing: chains.some(({ failure, assessments }) => failure !== undefined || assessments.some(isError)),
    isPutOff: chains.some((chain) => chain.isPutOff === true),
  };
}

// What a latency objective is judged by is its own minutes alone.
function servingOf({ subject, monitors }: WatchedSubject): WatchedSubject {
  return { subject, monitors: monitors.filter((monitor) => partOf(monitor) === "serving") };
}

function withoutReferences(
  { archived }: Pick<ModelRecords, "archived">,
  traffic: readonly VersionTraffic[],
): PassSubject[] {
  return traffic.map((one) => ({ traffic: one, held: undefined, isArchived: archived.has(one.version) }));
}

async function createPassContext(
  deps: EvaluateDeps,
  { project, model: name, range }: EvaluateJob,
  model: Model,
  modelStore: ModelStore,
  now: number,
): Promise<PassContext> {
  return {
    project,
    model,
    modelStore,
    evaluations: deps.store.evaluations,
    calibrations: deps.calibrations,
    progress: await deps.store.evaluations.progress(project, name),
    arrivalCurve: once(() => deps.arrivalCurve(modelStore, name, deps.asOf)),
    classes: once(() => modelStore.classes(model)),
    asOf: deps.asOf,
    now,
    range,
    windowLimit: range === undefined ? WINDOWS_PER_PASS : WINDOWS_PER_RANGE,
    lookedAt: deps.lookedAt,
    shared: createSharedLoads(),
  };
}

// A reference that cannot be read is the trouble of its own version alone.
async function holdReferences(
  setup: Parameters<typeof ensureReference>[0],
  { archived, ...known }: ModelRecords,
  traffic: readonly VersionTraffic[],
  asOf: number,
): Promise<PassSubject[]> {
  const subjects: PassSubject[] = [];
  for (const one of traffic) {
    const isArchived = archived.has(one.version);
    const subject = await ensureReference(setup, one, known, asOf).then(
      (held) => ({ traffic: one, held, isArchived }),
      (failure: unknown) => ({ traffic: one, held: undefined, isArchived, failure }),
    );
    subjects.push(subject);
  }
  return subjects;
}

async function judgeSubjects(
  context: PassContext,
  watched: readonly WatchedSubject[],
): Promise<JudgedChain[]> {
  const { range } = context;
  const chains: JudgedChain[] = [];
  for (const { subject, monitors } of watched) {
    if ((range?.version ?? subject.traffic.version) !== subject.traffic.version) continue;
    const asked = monitors.map((monitor) => ({ ...monitor, window: range?.window ?? monitor.window }));
    chains.push(...(await judgeSubject(context, subject, asked)));
  }
  return chains;
}

async function fold(
  { store }: EvaluateDeps,
  context: PassContext,
  watched: readonly WatchedSubject[],
  monitors: readonly Monitor[],
): Promise<Notification[]> {
  const { project, now, asOf, range } = context;
  const traffic = watched.map(({ subject }) => subject.traffic);
  const deps = { store, project, now };
  const model = context.model.model;
  const duenessOf = verdictDueness(context, watched);
  const queued = await foldVerdicts(deps, { model, monitors, duenessOf, byHand: range });
  const incidents = await loadIncidents(store.records, project, model);
  const retired = retireIncidents({ incidents, traffic, monitors, asOf, now });
  const later = now + queued.length;
  const { fresh } = await queueNotifications(
    { records: store.records, project },
    retired.transitions,
    monitors,
    later,
  );
  await storeStep(deps, model, { incidents: retired.changed, notifications: fresh, folded: [] });
  return [...queued, ...fresh.filter(({ status }) => status === "queued")];
}

// An alarm that is raised in the range may have begun before it.
async function alarmsOf(
  { store }: EvaluateDeps,
  { project, model }: EvaluateJob,
  chains: readonly JudgedChain[],
  now: number,
): Promise<RangeAlarm[]> {
  const first = chains
    .flatMap(({ assessments }) => assessments.slice(0, 1))
    .map(({ evaluation }) => evaluation)
    .filter(({ outcome }) => outcome === "drifting" || outcome === "alarm");
  const earlier = await loadEarlierRuns({ store, project }, model, first);
  const evaluations = chains.flatMap(({ assessments }) => assessments).map(toIncidentEvaluation);
  return rangeAlarms(evaluations, now, earlier);
}

function toIncidentEvaluation({ evaluation, blamed, confidence }: Assessment): IncidentEvaluation {
  return { ...evaluation, blamed, confidence };
}

function windowName({ evaluation }: Assessment): string {
  const { version, environment, window_start, window_end } = evaluation;
  return JSON.stringify([version, environment, window_start, window_end]);
}

function rangeVerdict(assessment: Assessment): RangeVerdict {
  const { monitor_id, kind, outcome, reason, detail } = assessment.evaluation;
  return {
    monitorId: monitor_id,
    kind,
    window: windowName(assessment),
    outcome,
    reason,
    isReference: detail["part_of_reference"] === true,
  };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
