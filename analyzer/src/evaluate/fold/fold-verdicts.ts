import type { FoldedVerdict } from "@leeway/core/evaluation";
import {
  beginIncidents,
  foldedVerdict,
  foldIncident,
  type IncidentStep,
  openingAlarms,
  type PlacedAlarm,
  stepIncidents,
  stoppedVerdict,
  verdictKey,
  windowKey,
} from "@leeway/core/incidents";
import type { Incident, Monitor, Notification } from "@leeway/core/records";
import type { RecordChange, Store, UnfoldedVerdict } from "@leeway/store";
import { monitorsBurningIn } from "./burning-in.ts";
import { loadEarlierRuns } from "./load-earlier-runs.ts";
import { queueNotifications, type TransitionNotifications } from "./queue-notifications.ts";

/** FoldDeps is where verdicts and incidents are read from and written to, and the moment of the pass. */
export interface FoldDeps {
  store: Pick<Store, "records" | "evaluations" | "putRecordsTogether">;
  project: string;
  now: number;
}

/** Dueness is what the schedule says of the window of a stored verdict: it is to be folded, will be later, or is none of the schedule's. */
export type Dueness = "due" | "later" | "not_due";

/** FoldScope is the model whose verdicts are folded, and which of them. */
export interface FoldScope {
  model: string;
  monitors: readonly Monitor[];
  duenessOf: (verdict: UnfoldedVerdict) => Dueness;
  /** The span whose windows are folded although the schedule does not judge them. */
  byHand: { from: number; to: number } | undefined;
}

const ACTOR = "leeway";

/**
 * foldVerdicts folds every stored verdict of a model that was not folded yet into incidents, in order of the windows, and returns the notifications that it queued.
 * Incidents, notifications and the journal of the step are one insert, so a verdict is folded once however often a pass is cut off: what the journal names was folded,
 * and what became of it is stored before the next step.
 */
export async function foldVerdicts(deps: FoldDeps, scope: FoldScope): Promise<Notification[]> {
  const { store, project } = deps;
  const queued: Notification[] = [];
  let written = 0;
  const met = new Set<string>();
  const { model, byHand } = scope;
  const except = scope.monitors.filter(({ enabled }) => !enabled).map(({ id }) => id);
  await finishCutStep(deps, model);
  const burningIn = await monitorsBurningIn(deps, model, scope.monitors);
  for (;;) {
    const unfolded = await store.evaluations.unfolded(project, { model, except, byHand });
    const fresh = unfolded.filter((verdict) => !met.has(verdictKey(verdict)));
    if (fresh.length === 0) return queued;
    for (const verdict of fresh) met.add(verdictKey(verdict));
    // A channel is notified in this order, so those kept back count, too.
    const made = await foldBatch({ ...deps, now: deps.now + written }, scope, fresh, burningIn);
    written += made.length;
    queued.push(...made.filter(({ status }) => status === "queued"));
  }
}

// A pass that was cut off between the two inserts of a step left its journal behind. It comes first: the next step, of whatever windows, overwrites the journal.
async function finishCutStep({ store, project }: FoldDeps, model: string): Promise<void> {
  const journal = await store.records.foldJournal.get(project, model);
  if (journal === undefined || journal.folded.length === 0) return;
  await storeFolded({ store, project }, model, journal.folded);
}

async function foldBatch(
  deps: FoldDeps,
  scope: FoldScope,
  verdicts: readonly UnfoldedVerdict[],
  burningIn: ReadonlySet<string>,
): Promise<Notification[]> {
  const { store, project, now } = deps;
  const { latest, revised } = latestRevisions(verdicts);
  const isHeld = (verdict: UnfoldedVerdict) =>
    verdict.outcome === "alarm" && burningIn.has(verdict.monitor_id);
  const scheduled = latest.filter((verdict) => scope.duenessOf(verdict) === "due");
  const due = scheduled.filter((verdict) => !isHeld(verdict));
  const held = scheduled.filter(isHeld);
  const notDue = latest.filter((verdict) => scope.duenessOf(verdict) === "not_due");
  const incidents = await loadIncidents(store.records, project, scope.model);
  const opened = stepIncidents({ incidents, evaluations: due, now, monitors: scope.monitors });
  const step = beginIncidents(opened, await loadEarlierRuns(deps, scope.model, openingAlarms(opened)));
  const notifications = await queueNotifications(
    { records: store.records, project },
    step.transitions,
    scope.monitors,
    now,
  );
  const folded = [
    ...revised.map((verdict) => stoppedVerdict(verdict, "revised", now)),
    ...notDue.map((verdict) => stoppedVerdict(verdict, "not_due", now)),
    ...held.map((verdict) => stoppedVerdict(verdict, "burn_in", now)),
    ...foldedOf(due, step, notifications, now),
  ];
  await storeStep(deps, scope.model, { incidents: step.changed, notifications: notifications.fresh, folded });
  return notifications.fresh;
}

/** loadIncidents returns the incidents of a model as they are after what people did to them. */
export async function loadIncidents(
  records: Store["records"],
  project: string,
  model: string,
): Promise<Incident[]> {
  const [stored, actions] = await Promise.all([
    records.incident.list(project),
    records.incidentAction.list(project),
  ]);
  return stored
    .filter((incident) => incident.model === model)
    .map((incident) => foldIncident(incident, actions));
}

/** storeStep writes what a step made: incidents, notifications and its journal in one insert, then what became of each verdict. */
export async function storeStep(
  { store, project }: FoldDeps,
  model: string,
  step: {
    incidents: readonly Incident[];
    notifications: readonly Notification[];
    folded: readonly FoldedVerdict[];
  },
): Promise<void> {
  const changes: RecordChange[] = [
    ...step.incidents.map((body) => ({ kind: "incident", id: body.id, body })),
    ...step.notifications.map((body) => ({ kind: "notification", id: body.id, body })),
  ];
  // Without a change of an incident, folding the same verdicts again would change nothing either: no journal is needed.
  if (changes.length > 0 && step.folded.length > 0) {
    changes.push({ kind: "fold_journal", id: model, body: { model, folded: step.folded } });
  }
  await store.putRecordsTogether(project, changes, ACTOR);
  if (changes.some(({ kind }) => kind === "fold_journal")) {
    return storeFolded({ store, project }, model, step.folded);
  }
  await store.evaluations.insertFolded(project, step.folded);
}

// An empty journal says that the step was finished. Storing the same rows twice changes nothing.
async function storeFolded(
  { store, project }: Pick<FoldDeps, "store" | "project">,
  model: string,
  folded: readonly FoldedVerdict[],
): Promise<void> {
  await store.evaluations.insertFolded(project, folded);
  await store.records.foldJournal.put(project, model, { model, folded: [] }, ACTOR);
}

// All revisions of a window end together, so they are never in different batches.
function latestRevisions(verdicts: readonly UnfoldedVerdict[]): {
  latest: UnfoldedVerdict[];
  revised: UnfoldedVerdict[];
} {
  const newest = new Map<string, UnfoldedVerdict>();
  for (const verdict of verdicts) {
    const known = newest.get(windowKey(verdict));
    if (known === undefined || known.revision < verdict.revision) newest.set(windowKey(verdict), verdict);
  }
  const isLatest = (verdict: UnfoldedVerdict) => newest.get(windowKey(verdict)) === verdict;
  return { latest: verdicts.filter(isLatest), revised: verdicts.filter((verdict) => !isLatest(verdict)) };
}

function foldedOf(
  verdicts: readonly UnfoldedVerdict[],
  step: IncidentStep,
  { byTransition }: TransitionNotifications,
  now: number,
): FoldedVerdict[] {
  const placed = new Map<object, PlacedAlarm>(step.placed.map((alarm) => [alarm.evaluation, alarm]));
  return verdicts.map((verdict) => {
    const alarm = placed.get(verdict);
    if (alarm === undefined) return foldedVerdict(verdict, undefined, now);
    const { incidentId, transition } = alarm;
    const notifications = transition === undefined ? [] : (byTransition.get(transition) ?? []);
    const hasTransition = transition !== undefined;
    return foldedVerdict(verdict, { incidentId, hasTransition, notifications }, now);
  });
}
