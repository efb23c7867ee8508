import { DEFAULT_INCIDENT_POLICY, foldIncident, repeatNotifications } from "@leeway/core/incidents";
import { SETTLING_MS } from "@leeway/core/window";
import type { Store } from "@leeway/store";
import type { WorkPlan } from "../queues/start-workers.ts";
import type { ModelClocks } from "./model-clocks.ts";

// A roll-up is recomputed once more when its rows have settled; half a minute later the model is looked at a last time.
const QUIET_MS = SETTLING_MS + 30_000;
const SETTLING_STEP_MS = 10_000;

/** PassMemory remembers what a model looked like when its last pass began; it may be lost at any time and only costs a pass. */
export type PassMemory = Map<string, string>;

/**
 * planWork returns what is left to do, from the store alone: a pass for every model that has moved since its last one, and every notification of the
 * outbox that is still queued. So an emptied queue costs one tick.
 */
export async function planWork(deps: {
  store: Pick<Store, "records" | "putRecordsTogether">;
  clocks: ModelClocks;
  project: string;
  memory: PassMemory;
  now: () => number;
}): Promise<WorkPlan & { models: string[] }> {
  const { store, project, memory } = deps;
  const now = deps.now();
  const [clocks, notifications, incidents] = await Promise.all([
    deps.clocks.all(project),
    store.records.notification.list(project),
    store.records.incident.list(project),
  ]);
  const moved = clocks.filter((clock) => memory.get(clock.model) !== passSignature(clock, now));
  const reminders = await remind(deps, notifications, incidents, now);
  return {
    models: clocks.map(({ model }) => model),
    evaluate: moved.map(({ model }) => ({ project, model })),
    deliver: [...notifications, ...reminders]
      .filter(({ status }) => status === "queued")
      .sort((a, b) => a.created_at - b.created_at)
      .map(({ id }) => ({ project, notification_id: id })),
  };
}

/** passSignature returns what a model looks like now: as long as it stays the same, another pass would find nothing to do. */
export function passSignature(clock: Awaited<ReturnType<ModelClocks["all"]>>[number], now: number): string {
  const quietFor = now - clock.lastReceivedAt;
  const settling = quietFor < QUIET_MS ? Math.floor(quietFor / SETTLING_STEP_MS) : "settled";
  // While nothing arrives time itself makes windows due, a minute at a time.
  const time = clock.isIdle ? Math.floor(now / 60_000) : "arriving";
  return JSON.stringify([clock.lastReceivedAt, clock.newestEventAt, settling, time]);
}

async function remind(
  deps: Parameters<typeof planWork>[0],
  notifications: Awaited<ReturnType<Store["records"]["notification"]["list"]>>,
  incidents: Awaited<ReturnType<Store["records"]["incident"]["list"]>>,
  now: number,
) {
  const { records } = deps.store;
  const firing = incidents.filter(({ state }) => state === "firing");
  if (firing.length === 0) return [];
  const [actions, channels, silences] = await Promise.all([
    records.incidentAction.list(deps.project),
    records.channel.list(deps.project),
    records.silence.list(deps.project),
  ]);
  const known = new Set(notifications.map(({ id }) => id));
  const reminders = repeatNotifications({
    incidents: firing.map((incident) => foldIncident(incident, actions)),
    notifications,
    channels,
    silences,
    now,
    repeatMs: DEFAULT_INCIDENT_POLICY.repeatMs,
  }).filter(({ id }) => !known.has(id));
  await deps.store.putRecordsTogether(
    deps.project,
    reminders.map((body) => ({ kind: "notification", id: body.id, body })),
    "leeway",
  );
  return reminders;
}
