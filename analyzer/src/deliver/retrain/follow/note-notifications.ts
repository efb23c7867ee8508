import {
  type Channel,
  concernsChannel,
  decideSubscription,
  hasReached,
  remindsChannel,
  standbyReason,
} from "@leeway/core/channels";
import type { Incident, Notification, Retraining, Silence } from "@leeway/core/records";
import { isSilenced } from "@leeway/core/silences";

/**
 * noteNotifications returns the outbox rows that notify people of what became of a run: one for each of their channels, once for each `occasion`. A channel
 * that is notified only where nobody acknowledges follows the run once it was notified of the incident. O(channels · (notifications + silences)).
 */
export function noteNotifications(input: {
  run: Retraining;
  incident: Incident;
  channels: readonly Channel[];
  silences: readonly Silence[];
  notifications: readonly Notification[];
  occasion: string;
  note: string;
  now: number;
}): Notification[] {
  const { run, incident, channels, silences, notifications, occasion, note, now } = input;
  const silence = silences.find((one) => isSilenced(one, incident, now));
  return channels
    .filter((channel) => channel.enabled && remindsChannel(channel))
    .filter((channel) => concernsChannel(channel, { incident, hasNewCause: false }))
    .filter(({ subscribes }) => decideSubscription(subscribes, incident, true).outcome === "taken")
    .filter(
      (channel) =>
        standbyReason(channel) === undefined ||
        notifications.some(
          (one) => one.incident_id === incident.id && one.channel_id === channel.id && hasReached(one),
        ),
    )
    .map((channel) => ({
      id: `${run.id}-${occasion}-${channel.id}`,
      incident_id: incident.id,
      channel_id: channel.id,
      // An incident that is over stays over in the channel.
      transition: incident.state === "resolved" ? "resolved" : "updated",
      ...(silence === undefined
        ? { status: "queued" as const }
        : { status: "silenced" as const, silence_id: silence.id }),
      attempts: 0,
      note,
      created_at: now,
    }));
}
