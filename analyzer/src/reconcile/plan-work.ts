import { waitsSince } from "@leeway/core/channels";
import type { SeenVersion } from "@leeway/core/events";
import {
  DEFAULT_INCIDENT_POLICY,
  escalationNotifications,
  foldIncident,
  repeatNotifications,
} from "@leeway/core/incidents";
import { type Incident, type Notification, withOwner } from "@leeway/core/records";
import type { Store } from "@leeway/store";
import { channelsOf } from "../evaluate/fold/queue-notifications.ts";
import type { ModelClock, ModelClocks } from "./model-clocks.ts";
import type { ReadConfigurations } from "./model-configuration.ts";
import { duePasses, passPriority } from "./pass-cause.ts";
import type { PassMemory, PassNote } from "./pass-note.ts";
import type { WorkPlan } from "./work-plan.ts";

/** PlannedWork is what a tick has to do: nothing of it is done yet. */
export interface PlannedWork extends WorkPlan {
  /** Every model that has predictions. */
  models: string[];
  /** Every version that has predictions. */
  seen: SeenVersion[];
  /** Those of them for which something came, or became due, that no pass has looked at. */
  waiting: ReadonlySet<string>;
  /** Notifications that the outbox lacks: they are stored first, then delivered. */
  reminders: Notification[];
  /** Since when the oldest queued notification waits that quiet hours do not hold, epoch ms. */
  oldestQueuedAt?: number;
}

/**
 * planWork returns what is left to do, from the store alone: a pass for every model that has a cause for one, and every notification of the outbox that is still
 * queued. So an emptied queue costs one tick. It asks one question about what came for the whole project, and writes nothing.
 */
export async function planWork(deps: {
  store: Pick<Store, "records">;
  clocks: ModelClocks;
  readConfigurations: ReadConfigurations;
  project: string;
  memory: PassMemory;
  now: () => number;
}): Promise<PlannedWork> {
  const { store, project, memory } = deps;
  const now = deps.now();
  const closed = new Map([...memory].map(([model, note]) => [model, note.closedUntil]));
  const [clocks, configurationOf, notifications, incidents] = await Promise.all([
    deps.clocks.all(project, closed),
    deps.readConfigurations(project),
    store.records.notification.list(project),
    store.records.incident.list(project),
  ]);
  const dueOf = (clock: ModelClock, note: PassNote | undefined) =>
    duePasses(note, clock, configurationOf(clock.model).fingerprint, now);
  const reminders = await findReminders(deps, notifications, incidents, now);
  const queued = [...notifications, ...reminders]
    .filter(({ status }) => status === "queued")
    .sort((a, b) => a.created_at - b.created_at);
  return {
    models: clocks.map(({ model }) => model),
    seen: clocks.flatMap(({ model, versions }) =>
      versions.map(({ version, environment, firstSeenAt }) => ({ model, version, environment, firstSeenAt })),
    ),
    waiting: new Set(
      clocks
        .filter((clock) => dueOf(clock, impatient(memory.get(clock.model))).length > 0)
        .map(({ model }) => model),
    ),
    evaluate: clocks.flatMap((clock) => {
      const environments = clock.versions.map(({ environment }) => environment);
      return dueOf(clock, memory.get(clock.model)).map(({ part, cause }) => ({
        ...{ project, model: clock.model, cause, priority: passPriority({ part, cause }, environments) },
        ...(part === "serving" ? { part } : {}),
      }));
    }),
    deliver: queued.map(({ id, channel_id }) => ({ project, notification_id: id, channel_id })),
    reminders,
    ...(await findOldest(deps, queued, incidents, now)),
  };
}

/** storeReminders puts planned reminders into the outbox. */
export async function storeReminders(
  store: Pick<Store, "putRecordsTogether">,
  project: string,
  reminders: readonly Notification[],
): Promise<void> {
  await store.putRecordsTogether(
    project,
    reminders.map((body) => ({ kind: "notification", id: body.id, body })),
    "leeway",
  );
}

// Rows that are looked at a little later are waiting all the same.
function impatient(note: PassNote | undefined): PassNote | undefined {
  return note && { ...note, revision: { at: Number.NEGATIVE_INFINITY, spacingMs: 0 } };
}

async function findOldest(
  { store, project }: Pick<Parameters<typeof planWork>[0], "store" | "project">,
  queued: readonly Notification[],
  incidents: readonly Incident[],
  now: number,
): Promise<Pick<PlannedWork, "oldestQueuedAt">> {
  if (queued.length === 0) return {};
  const channels = new Map((await store.records.channel.list(project)).map((one) => [one.id, one]));
  const incidentOf = new Map(incidents.map((one) => [one.id, one]));
  const waiting = queued
    .map((one) => waitsSince(channels.get(one.channel_id) ?? {}, incidentOf.get(one.incident_id), one, now))
    .filter((since) => since !== undefined);
  return waiting.length === 0 ? {} : { oldestQueuedAt: Math.min(...waiting) };
}

async function findReminders(
  { store, project }: Pick<Parameters<typeof planWork>[0], "store" | "project">,
  notifications: Awaited<ReturnType<Store["records"]["notification"]["list"]>>,
  incidents: Awaited<ReturnType<Store["records"]["incident"]["list"]>>,
  now: number,
): Promise<Notification[]> {
  const { records } = store;
  const actions = await records.incidentAction.list(project);
  // What people did counts before the state is asked for: they may have opened again what is stored as resolved.
  const acted = new Set(actions.map(({ incident_id }) => incident_id));
  const open = incidents
    .filter(({ id, state }) => state === "firing" || state === "acknowledged" || acted.has(id))
    .map((incident) => foldIncident(incident, actions))
    .filter(({ state }) => state === "firing" || state === "acknowledged");
  if (open.length === 0) return [];
  const [channels, silences, models, monitors] = await Promise.all([
    records.channel.list(project),
    records.silence.list(project),
    records.model.list(project),
    records.monitor.list(project),
  ]);
  const common = {
    incidents: open.map((incident) => withOwner(incident, models)),
    ...{ notifications, channels, silences, now },
  };
  const known = new Set(notifications.map(({ id }) => id));
  return [
    ...repeatNotifications({ ...common, repeatMs: DEFAULT_INCIDENT_POLICY.repeatMs }),
    ...escalationNotifications({ ...common, channelIdsOf: (incident) => channelsOf(incident, monitors) }),
  ].filter(({ id }) => !known.has(id));
}
