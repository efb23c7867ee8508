import type { Channel } from "@leeway/core/channels";
import { dueNotifications, type IncidentTransition } from "@leeway/core/incidents";
import { type Incident, type Monitor, type Notification, withOwner } from "@leeway/core/records";
import type { Store } from "@leeway/store";

/** TransitionNotifications are the outbox rows of some transitions: all rows of each, and those that are not in the outbox yet. */
export interface TransitionNotifications {
  byTransition: ReadonlyMap<IncidentTransition, readonly Notification[]>;
  fresh: Notification[];
}

/** queueNotifications returns the outbox rows of transitions, one per channel that each concerns; it writes nothing. Rows that are stored already are not made again. */
export async function queueNotifications(
  deps: {
    records: Pick<Store["records"], "channel" | "model" | "silence" | "notification">;
    project: string;
  },
  transitions: readonly IncidentTransition[],
  monitors: readonly Monitor[],
  now: number,
): Promise<TransitionNotifications> {
  if (transitions.length === 0) return { byTransition: new Map(), fresh: [] };
  const [channels, models, silences, known] = await Promise.all([
    deps.records.channel.list(deps.project),
    deps.records.model.list(deps.project),
    deps.records.silence.list(deps.project),
    deps.records.notification.list(deps.project),
  ]);
  const notified = transitions.filter(({ incident }) => isNotified(incident, monitors, channels));
  const byTransition = new Map(
    notified.map((transition) => [
      transition,
      dueNotifications({
        transition: { ...transition, incident: withOwner(transition.incident, models) },
        channels,
        silences,
        now,
        earlier: known.filter(({ incident_id }) => incident_id === transition.incident.id),
        channelIds: channelsOf(transition.incident, monitors),
      }),
    ]),
  );
  const stored = new Set(known.map(({ id }) => id));
  const due = [...byTransition.values()].flat().filter(({ id }) => !stored.has(id));
  const distinct = [...new Map(due.map((notification) => [notification.id, notification])).values()];
  // A channel is notified of an incident in this order, so no two may seem to be of the same moment.
  const fresh = distinct.map((notification, index) => ({ ...notification, created_at: now + index }));
  return { byTransition, fresh };
}

// A version in staging or shadow answers nobody: its incidents are kept for its page, and wake people only where a monitor names channels, or a channel the environment.
function isNotified(incident: Incident, monitors: readonly Monitor[], channels: readonly Channel[]): boolean {
  const { environment } = incident;
  return (
    environment === "production" ||
    channelsOf(incident, monitors) !== undefined ||
    channels.some(({ subscribes }) => subscribes?.environments?.includes(environment) === true)
  );
}

/** channelsOf returns the channels named by the monitors that failed, undefined where any of them names none and so means all. */
export function channelsOf(incident: Incident, monitors: readonly Monitor[]): string[] | undefined {
  const failing = new Set(incident.evaluations.map((evaluation) => evaluation.monitor_id));
  const named = monitors.filter(({ id }) => failing.has(id)).map(({ channels }) => channels);
  return named.length === 0 || named.some((channels) => channels === undefined)
    ? undefined
    : [...new Set(named.flatMap((channels) => channels ?? []))];
}
