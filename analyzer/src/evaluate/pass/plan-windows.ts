import type { Monitor } from "@leeway/core/records";
import { type TimeWindow, windowsBetween } from "@leeway/core/window";
import { andAllLater, type ChainPlan, planChain } from "../chain/plan-chain.ts";
import type { Basis } from "../model-store.ts";
import { dueWindows } from "../schedule/due-windows.ts";
import { overlaps, type PassContext, type PassSubject } from "./pass-context.ts";
import type { PlannedMonitor } from "./planned-monitor.ts";

// Rows go on arriving while their window is open to revision: looking again this often costs a tenth of judging at every tick.
const REVISE_EVERY_MS = 10_000;
const HOUR = 3_600_000;
const NOTHING: ChainPlan = { due: [], owed: new Set() };

/** planWindows returns the windows of one monitor on one version that this pass has to judge. */
export async function planWindows(
  context: PassContext,
  subject: PassSubject,
  monitor: Monitor,
  segment: string,
): Promise<PlannedMonitor> {
  const { version, environment } = subject.traffic;
  const chain = JSON.stringify([monitor.id, version, environment, segment, monitor.window]);
  const planned = { monitor, segment, plan: NOTHING, look: { chain, since: context.now } };
  const basis = basisOf(monitor, subject);
  if (basis === undefined) return planned;
  if (basis.of === "profiles") await context.modelStore.refreshProfiles(subject.traffic, basis);
  if (basis.of === "requests" && basis.segment !== undefined) {
    await context.modelStore.refreshRequests(subject.traffic.model, basis.segment);
  }
  return context.range === undefined
    ? planDue(context, subject, planned, basis)
    : { ...planned, plan: rangePlan(context.range, subject.traffic, monitor.window) };
}

async function planDue(
  context: PassContext,
  subject: PassSubject,
  planned: PlannedMonitor,
  basis: Basis,
): Promise<PlannedMonitor> {
  const { monitor, segment, look } = planned;
  const { traffic, isArchived } = subject;
  const seen = { first: traffic.firstSeenAt, last: traffic.lastSeenAt };
  const progress = context.progress.find(
    (one) =>
      one.monitorId === monitor.id &&
      one.version === traffic.version &&
      one.environment === traffic.environment &&
      one.segment === segment &&
      one.windowMs === monitor.window,
  );
  const last = context.lookedAt.get(look.chain);
  const touches =
    progress === undefined
      ? { isTouched: () => false, since: look.since }
      : await touchedSince(context, subject, look.chain, basis, progress.evaluatedAt);
  const waiting = (progress?.waiting ?? []).filter((start) => start >= (last?.left?.from ?? start));
  const plan = planChain({
    due: dueWindows(seen, context.asOf, monitor.window, isArchived),
    progress: { judgedUntil: progress?.judgedUntil, waiting },
    isTouched: touches.isTouched,
  });
  return {
    ...planned,
    plan: isOfEarlierRows(monitor) ? andAllLater(plan) : plan,
    look: { chain: look.chain, since: touches.since },
  };
}

async function touchedSince(
  context: PassContext,
  { traffic }: PassSubject,
  chain: string,
  basis: Basis,
  evaluatedAt: number,
): Promise<{ isTouched: (window: TimeWindow) => boolean; since: number }> {
  const last = context.lookedAt.get(chain);
  const left = last?.left;
  if (last !== undefined && left !== undefined) {
    // What comes while a long chain is caught up with is looked at when that is done: else it would begin anew for ever.
    context.looking.set(chain, { at: last.at });
    const hours = new Set(await context.modelStore.touchedHours(traffic, basis, left.since));
    const isTouched = (window: TimeWindow) => window.start >= left.from && hasHourOf(window, hours);
    return { isTouched, since: left.since };
  }
  if (last !== undefined && context.now - last.at < REVISE_EVERY_MS) {
    return { isTouched: () => false, since: last.at };
  }
  context.looking.set(chain, { at: context.now });
  // A pass that was cut off between recomputing and judging leaves no memory: what was recomputed since the last verdict is looked at again.
  const since = last?.at ?? evaluatedAt;
  const hours = new Set(await context.modelStore.touchedHours(traffic, basis, since));
  return { isTouched: (window) => hasHourOf(window, hours), since };
}

function hasHourOf({ start, end }: TimeWindow, hours: ReadonlySet<number>): boolean {
  for (let hour = Math.floor(start / HOUR) * HOUR; hour < end; hour += HOUR) {
    if (hours.has(hour)) return true;
  }
  return false;
}

// What is usual of volume, and what is left of an error budget, are read from the windows before.
function isOfEarlierRows({ kind }: Monitor): boolean {
  return kind === "volume" || kind === "latency_slo";
}

// Undefined while there is no reference: windows are judged from the first on once there is one.
function basisOf(monitor: Monitor, { held }: PassSubject): Basis | undefined {
  switch (monitor.kind) {
    case "drift":
      return held === undefined
        ? undefined
        : { of: "profiles", reference: held.reference, windowMs: monitor.window, segment: monitor.segment };
    case "performance":
    case "labels":
      return { of: "labels" };
    case "volume":
    case "latency_slo":
      return { of: "requests", segment: monitor.segment };
    default:
      return monitor.kind satisfies never;
  }
}

function rangePlan(
  range: { from: number; to: number },
  seen: { firstSeenAt: number; lastSeenAt: number },
  windowMs: number,
): ChainPlan {
  const due: TimeWindow[] = windowsBetween(range.from, range.to, windowMs).filter((window) =>
    overlaps(window, seen.firstSeenAt, seen.lastSeenAt + 1),
  );
  return { due, owed: new Set(due.map(({ start }) => start)) };
}
