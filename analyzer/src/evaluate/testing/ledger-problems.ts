import type { Evaluation, FoldedVerdict } from "@leeway/core/evaluation";
import { verdictKey, windowKey } from "@leeway/core/incidents";
import type { Incident, Notification } from "@leeway/core/records";
import { createLedgerWorld, type LedgerWorld, MODEL, PROJECT } from "./ledger-world.ts";
import { createMemoryStore } from "./memory-store.ts";

/**
 * ledgerProblems returns what is wrong with a world at rest: an alarm that is neither in an incident nor has a reason, one that people were notified of twice as new, a window
 * that is due and was not judged, or whose verdict is another than one pass over the same traffic gives.
 */
export async function ledgerProblems(world: LedgerWorld): Promise<string[]> {
  const { store } = world;
  const [folded, revisions, incidents, notifications] = await Promise.all([
    store.evaluations.folded(PROJECT, { model: MODEL }),
    store.evaluations.revisions(PROJECT, { model: MODEL, from: 0, to: world.clock.now }),
    store.records.incident.list(PROJECT),
    store.records.notification.list(PROJECT),
  ]);
  const known = new Map(folded.map((one) => [verdictKey(one), one]));
  const ids = new Set(incidents.map(({ id }) => id));
  return [
    ...revisions
      .filter(({ outcome }) => outcome === "alarm")
      .flatMap((alarm) => lostAlarm(alarm, known, ids)),
    ...notifiedTwice(folded),
    ...notifications
      .filter(({ status }) => status === "queued" || status === "failed")
      .map(({ id, status }) => `notification ${id} is ${status}`),
    ...unexplained(notifications, incidents, folded),
    ...(await unlikeFresh(world, known)),
  ];
}

function lostAlarm(
  alarm: Evaluation,
  known: ReadonlyMap<string, FoldedVerdict>,
  incidents: ReadonlySet<string>,
): string[] {
  const folded = known.get(verdictKey(alarm));
  if (folded === undefined) return [`lost: ${verdictKey(alarm)}`];
  if (folded.incident_id === undefined) {
    return folded.stopped === undefined ? [`no incident and no reason: ${verdictKey(alarm)}`] : [];
  }
  return incidents.has(folded.incident_id) ? [] : [`its incident is not stored: ${verdictKey(alarm)}`];
}

function notifiedTwice(folded: readonly FoldedVerdict[]): string[] {
  const byWindow = new Map<string, Set<string>>();
  const byNotification = new Map<string, Set<number>>();
  for (const one of folded) {
    const key = windowKey(one);
    byWindow.set(key, new Set([...(byWindow.get(key) ?? []), ...one.notification_ids]));
    for (const id of one.notification_ids) {
      byNotification.set(id, new Set([...(byNotification.get(id) ?? []), one.window_end]));
    }
  }
  return [
    ...[...byWindow].filter(([, ids]) => ids.size > 1).map(([key]) => `notified twice as new: ${key}`),
    ...[...byNotification]
      .filter(([, windows]) => windows.size > 1)
      .map(([id]) => `one notification for alarms of two windows: ${id}`),
  ];
}

// Whoever is notified that something is new can ask which alarm said so.
function unexplained(
  notifications: readonly Notification[],
  incidents: readonly Incident[],
  folded: readonly FoldedVerdict[],
): string[] {
  const named = new Set(folded.flatMap(({ notification_ids }) => notification_ids));
  const blind = new Set(incidents.filter(({ cause }) => cause === "blind").map(({ id }) => id));
  return notifications
    .filter(
      ({ id, transition, incident_id }) =>
        transition === "fired" && !blind.has(incident_id) && !named.has(id),
    )
    .map(({ id }) => `no alarm says why ${id} was sent`);
}

// The same traffic and monitors in a world where nothing ever went wrong.
async function unlikeFresh(world: LedgerWorld, known: ReadonlyMap<string, FoldedVerdict>): Promise<string[]> {
  const fresh = await createLedgerWorld(createMemoryStore(), world.traffic);
  fresh.clock.now = world.clock.now;
  for (const monitor of await world.store.records.monitor.list(PROJECT)) {
    await fresh.store.records.monitor.put(PROJECT, monitor.id, monitor, "ada");
  }
  await fresh.pass();
  const filter = { model: MODEL, from: 0, to: world.clock.now };
  const [expected, stored] = await Promise.all([
    fresh.store.evaluations.list(PROJECT, filter),
    world.store.evaluations.list(PROJECT, filter),
  ]);
  const byWindow = new Map(stored.map((verdict) => [windowKey(verdict), verdict]));
  return expected.flatMap((wanted) => {
    const verdict = byWindow.get(windowKey(wanted));
    if (verdict === undefined) return [`not judged: ${windowKey(wanted)}`];
    if (verdict.outcome !== wanted.outcome) {
      return [`${verdict.outcome} where ${wanted.outcome} is right: ${windowKey(wanted)}`];
    }
    const stopped = known.get(verdictKey(verdict))?.stopped;
    return wanted.outcome === "alarm" && (stopped === "not_due" || stopped === "revised")
      ? [`a due alarm was left alone (${stopped}): ${windowKey(wanted)}`]
      : [];
  });
}
