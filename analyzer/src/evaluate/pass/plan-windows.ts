import type { Monitor } from "@leeway/core/records";
import { type TimeWindow, windowsBetween } from "@leeway/core/window";
import { type ChainPlan, planChain } from "../chain/plan-chain.ts";
import type { Basis } from "../model-store.ts";
import { dueWindows } from "../schedule/due-windows.ts";
import { overlaps, type PassContext, type PassSubject } from "./pass-context.ts";

// Rows go on arriving while their window is open to revision: looking again this often costs a tenth of judging at every tick.
const REVISE_EVERY_MS = 10_000;
const HOUR = 3_600_000;

/** planWindows returns the windows of one monitor on one version that this pass has to judge, and the one whose state they continue. */
export async function planWindows(
  context: PassContext,
  subject: PassSubject,
  monitor: Monitor,
  segment: string,
): Promise<ChainPlan> {
  const { traffic, isArchived } = subject;
  const basis = basisOf(monitor, subject);
  if (basis === undefined) return { windows: [], previous: undefined };
  if (basis.of === "profiles") await context.modelStore.refreshProfiles(traffic, basis);
  if (basis.of === "requests" && basis.segment !== undefined) {
    await context.modelStore.refreshRequests(traffic.model, basis.segment);
  }
  if (context.range !== undefined) return rangePlan(context.range, traffic, monitor.window);
  const seen = { first: traffic.firstSeenAt, last: traffic.lastSeenAt };
  const progress = context.progress.find(
    (chain) =>
      chain.monitorId === monitor.id &&
      chain.version === traffic.version &&
      chain.environment === traffic.environment &&
      chain.segment === segment &&
      chain.windowMs === monitor.window,
  );
  const due = dueWindows(seen, context.asOf, monitor.window, isArchived);
  const touched =
    progress === undefined
      ? []
      : await touchedSince(context, subject, monitor, segment, basis, progress.evaluatedAt);
  return planChain({
    due,
    progress: { judgedUntil: progress?.judgedUntil, waiting: progress?.waiting ?? [] },
    isTouched: (window) => touched.some((hour) => overlaps(window, hour, hour + HOUR)),
    limit: context.windowLimit,
  });
}

async function touchedSince(
  context: PassContext,
  { traffic }: PassSubject,
  monitor: Monitor,
  segment: string,
  basis: Basis,
  evaluatedAt: number,
): Promise<number[]> {
  const chain = JSON.stringify([monitor.id, traffic.version, traffic.environment, segment, monitor.window]);
  const lookedAt = context.lookedAt.get(chain);
  if (lookedAt !== undefined && context.now - lookedAt < REVISE_EVERY_MS) return [];
  context.looking.add(chain);
  // A pass that was cut off between recomputing and judging leaves no memory: what was recomputed since the last verdict is looked at again.
  return context.modelStore.touchedHours(traffic, basis, lookedAt ?? evaluatedAt);
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
  const windows: TimeWindow[] = windowsBetween(range.from, range.to, windowMs).filter((window) =>
    overlaps(window, seen.firstSeenAt, seen.lastSeenAt + 1),
  );
  const first = windows[0];
  return {
    windows,
    previous: first === undefined ? undefined : { start: first.start - windowMs, end: first.start },
  };
}
