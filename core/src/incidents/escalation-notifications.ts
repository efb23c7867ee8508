import {
  type Channel,
  decideSubscription,
  hasReached,
  heldUntil,
  remindsChannel,
} from "../channels/index.ts";
import { formatDuration } from "../duration/index.ts";
import type { Incident, Notification, Silence } from "../records/index.ts";
import { isSilenced } from "../silences/index.ts";
import { contentId } from "./content-id.ts";

/**
 * escalationNotifications returns what goes to channels that are notified only where nobody acknowledges an incident for a while (`notify_after`): one row per channel and firing, once so
 * much real time has passed since the first channel was notified, or was released from its quiet hours. None goes out while the incident is snoozed or silenced. `channelIdsOf` gives the channels that its monitors
 * name, undefined for all. O(incidents · channels · (notifications + silences)).
 */
export function escalationNotifications(input: {
  incidents: readonly Incident[];
  notifications: readonly Notification[];
  channels: readonly Channel[];
  silences: readonly Silence[];
  channelIdsOf: (incident: Incident) => readonly string[] | undefined;
  now: number;
}): Notification[] {
  const { incidents, notifications, channels, silences, channelIdsOf, now } = input;
  const standby = channels.filter(
    (channel) => channel.enabled && channel.notify_after !== undefined && remindsChannel(channel),
  );
  if (standby.length === 0) return [];
  return incidents
    .filter(({ state, snoozed_until = 0 }) => state === "firing" && snoozed_until <= now)
    .filter((incident) => !silences.some((silence) => isSilenced(silence, incident, now)))
    .flatMap((incident) => {
      const rows = notifications.filter(({ incident_id }) => incident_id === incident.id);
      const since = unansweredSince(incident, rows, channels);
      const named = channelIdsOf(incident);
      return standby
        .filter(({ id, subscribes, notify_after = 0 }) => {
          if (since === undefined || now - since < notify_after) return false;
          if (named !== undefined && !named.includes(id)) return false;
          if (rows.some((row) => row.channel_id === id && hasReached(row))) return false;
          return decideSubscription(subscribes, incident, named !== undefined).outcome === "taken";
        })
        .map((channel) => escalation(incident, channel, now));
    });
}

// People can acknowledge from when the first of them was notified; where all was kept back, nobody could.
function unansweredSince(
  incident: Incident,
  rows: readonly Notification[],
  channels: readonly Channel[],
): number | undefined {
  const { fired_at } = incident;
  if (fired_at === undefined) return undefined;
  // What a person opened again goes on from then: who was notified before has done their part.
  const reopenings = rows.filter(({ occasion }) => occasion?.reason === "reopen");
  const openSince = Math.max(fired_at, ...reopenings.map(({ created_at }) => created_at));
  const reached = rows.filter((row) => hasReached(row) && row.created_at >= openSince);
  const channelOf = new Map(channels.map((channel) => [channel.id, channel]));
  const notifiedAt = ({ channel_id, created_at, sent_at }: Notification) =>
    sent_at ?? heldUntil(channelOf.get(channel_id) ?? {}, incident, created_at) ?? created_at;
  if (reached.length > 0) return Math.min(...reached.map(notifiedAt));
  // Who was kept back by a silence is notified at its end, unless the channel was switched off meanwhile.
  const isNotifiedLater = ({ status, channel_id }: Notification) => {
    const channel = channelOf.get(channel_id);
    const speaks = channel?.enabled === true && channel.notify_after === undefined;
    return status === "silenced" && speaks && remindsChannel(channel);
  };
  return rows.some(isNotifiedLater) ? undefined : openSince;
}

function escalation(incident: Incident, { id, notify_after = 0 }: Channel, now: number): Notification {
  return {
    id: contentId("ntf", [incident.id, "escalated", incident.fired_at ?? 0, id]),
    ...{ incident_id: incident.id, channel_id: id, transition: "fired", occasion: { reason: "escalated" } },
    note: `Nobody acknowledged this for ${formatDuration(notify_after)}.`,
    ...{ status: "queued", attempts: 0, created_at: now },
  };
}
