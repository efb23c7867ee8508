import type { Monitor } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import { type TimeWindow, windowsBetween } from "@leeway/core/window";
import { andAllLater, type ChainPlan, planChain } from "../chain/plan-chain.ts";
import type { Basis } from "../model-store/model-store.ts";
import { dueWindows } from "../schedule/due-windows.ts";
import { chainProgress, overlaps, type PassContext, type PassSubject } from "./pass-context.ts";
import type { PlannedMonitor } from "./planned-monitor.ts";

// Rows go on arriving while their window is open to revision: looking again this often costs a tenth of judging at every tick.
const REVISE_EVERY_MS = 10_000;
const HOUR = 3_600_000;
const NOTHING: ChainPlan = { due: [], owed: new Set() };

/** planWindows returns the windows of one monitor on one version that this pass has to judge, after counting anew what they are judged by. */
export async function planWindows(
  context: PassContext,
  subject: PassSubject,
  monitor: Monitor,
): Promise<PlannedMonitor> {
  const { version, environment } = subject.traffic;
  const segment = segmentKey(monitor.segment);
  const chain = JSON.stringify([monitor.id, version, environment, segment, monitor.window]);
  const planned = { monitor, segment, chain, touchedSince: context.now };
  const basis = basisOf(monitor, subject);
  if (basis === undefined) return { ...planned, plan: NOTHING };
  const due = wantedWindows(context, subject, monitor);
  // The hours of windows that are still open are counted when those are over: once, and not at every look.
  const until = due.at(-1)?.end ?? 0;
  if (basis.of === "profiles") await context.modelStore.refreshProfiles(subject.traffic, basis, until);
  if (basis.of === "requests" && basis.segment !== undefined) {
    await context.modelStore.refreshRequests(subject.traffic.model, basis.segment);
  }
  if (context.range !== undefined) {
    return { ...planned, plan: { due, owed: new Set(due.map(({ start }) => start)) } };
  }
  const progress = chainProgress(context, subject.traffic, monitor);
  const touches =
    progress === undefined
      ? { isTouched: () => false, touchedSince: context.now }
      : await findTouches(context, subject, planned, basis, progress.settledAt);
  const left = context.lookedAt(chain)?.left;
  const waiting = (progress?.waiting ?? []).filter((start) => start >= (left?.from ?? start));
  const plan = planChain({
    due,
    progress: progress === undefined ? undefined : { ...progress, waiting },
    isTouched: touches.isTouched,
  });
  const { isTouched: _asked, ...look } = touches;
  return { ...planned, ...look, plan: isOfEarlierRows(monitor) ? andAllLater(plan) : plan };
}

/** wantedWindows returns the windows of one monitor on one version that should have a verdict: those of the range asked for, or those the schedule says are due. */
export function wantedWindows(
  context: Pick<PassContext, "asOf" | "range">,
  { traffic, isArchived }: Pick<PassSubject, "traffic" | "isArchived">,
  { window }: Monitor,
): TimeWindow[] {
  if (context.range === undefined) {
    const seen = { first: traffic.firstSeenAt, last: traffic.lastSeenAt };
    return dueWindows(seen, context.asOf, window, isArchived);
  }
  return windowsBetween(context.range.from, context.range.to, window).filter((one) =>
    overlaps(one, traffic.firstSeenAt, traffic.lastSeenAt + 1),
  );
}

interface Touches {
  isTouched: (window: TimeWindow) => boolean;
  touchedSince: number;
  lookedAt?: number;
  isPutOff?: boolean;
}

async function findTouches(
  context: PassContext,
  { traffic, held }: PassSubject,
  { monitor, chain }: Pick<PlannedMonitor, "monitor" | "chain">,
  basis: Basis,
  settledAt: number,
): Promise<Touches> {
  const isReferenceNew = (since: number) => isComparedWithReference(monitor) && (held?.since ?? 0) >= since;
  const last = context.lookedAt(chain);
  const left = last?.left;
  if (last !== undefined && left !== undefined) {
    // What comes while a long chain is caught up with is looked at when that is done: else it would begin anew for ever.
    const hours = new Set(await context.modelStore.touchedHours(traffic, basis, left.since));
    const isAll = isReferenceNew(left.since);
    const isTouched = (window: TimeWindow) =>
      window.start >= left.from && (isAll || hasHourOf(window, hours));
    return { isTouched, touchedSince: left.since, lookedAt: last.at };
  }
  if (last !== undefined && context.now - last.at < REVISE_EVERY_MS && !isReferenceNew(last.at)) {
    return { isTouched: () => false, touchedSince: last.at, isPutOff: true };
  }
  // A pass that was cut off leaves no memory: what was recomputed since the stored verdicts took everything in is looked at again.
  const since = last?.at ?? settledAt;
  if (since === 0) return { isTouched: () => true, touchedSince: 0, lookedAt: context.now };
  const hours = new Set(await context.modelStore.touchedHours(traffic, basis, since));
  const isAll = isReferenceNew(since);
  return {
    isTouched: (window) => isAll || hasHourOf(window, hours),
    touchedSince: since,
    lookedAt: context.now,
  };
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

// Of these kinds every verdict is a comparison with the reference: with another one it is another verdict.
function isComparedWithReference({ kind }: Monitor): boolean {
  return kind === "drift" || kind === "performance";
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
