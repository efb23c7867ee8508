import { type Channel, remindsChannel } from "../channels/index.ts";
import type { Incident, Notification, Silence } from "../records/index.ts";
import { isSilenced, matchesIncident, silenceSpan } from "../silences/index.ts";
import { contentId } from "./content-id.ts";

/** RepeatOccasion is why people are notified again of an incident, as the part of a notification's id that makes it happen once. */
type RepeatOccasion = ["repeat" | "silence_over" | "snooze_over", firedAt: number, number];

/**
 * repeatNotifications returns what is sent again of incidents that are firing and unacknowledged: a reminder where the last notification is as long ago as the channel wants, or `repeatMs`, and at
 * once where a silence is over that kept the incident quiet. Where a snooze is over it is sent of an acknowledged one, too. One row per channel that has a notification, and per elapsed interval or silence, so that a long outage
 * of the analyzer yields one, not many. O(incidents · channels · (notifications + silences)).
 */
export function repeatNotifications(input: {
  incidents: readonly Incident[];
  notifications: readonly Notification[];
  channels: readonly Channel[];
  silences: readonly Silence[];
  now: number;
  repeatMs: number;
}): Notification[] {
  const { incidents, notifications, channels, silences, now, repeatMs } = input;
  const people = channels.filter((channel) => channel.enabled && remindsChannel(channel));
  return incidents
    .filter(
      ({ state, snoozed_until }) =>
        state === "firing" || (state === "acknowledged" && snoozed_until !== undefined),
    )
    .filter(({ snoozed_until = 0 }) => snoozed_until <= now)
    .filter((incident) => !silences.some((silence) => isSilenced(silence, incident, now)))
    .flatMap((incident) => {
      const ofIncident = notifications.filter(({ incident_id }) => incident_id === incident.id);
      return people.flatMap((channel): Notification[] => {
        const rows = ofIncident.filter(
          ({ channel_id, status }) => channel_id === channel.id && status !== "not_subscribed",
        );
        const occasion = repeatOccasion(incident, rows, {
          ...{ silences, now },
          repeatMs: channel.remind_every ?? repeatMs,
        });
        if (occasion === undefined) return [];
        return [
          {
            id: contentId("ntf", [incident.id, ...occasion, channel.id]),
            incident_id: incident.id,
            channel_id: channel.id,
            transition: "updated",
            occasion: { reason: occasion[0] },
            status: "queued",
            attempts: 0,
            created_at: now,
          },
        ];
      });
    });
}

function repeatOccasion(
  incident: Incident,
  rows: readonly Notification[],
  { silences, now, repeatMs }: { silences: readonly Silence[]; now: number; repeatMs: number },
): RepeatOccasion | undefined {
  const { fired_at, snoozed_until } = incident;
  if (rows.length === 0 || fired_at === undefined) return undefined;
  const lastSentAt = newest(rows.filter(({ status }) => status !== "silenced").map(sentAt));
  if (snoozed_until !== undefined && snoozed_until > lastSentAt) {
    return ["snooze_over", fired_at, snoozed_until];
  }
  if (incident.state !== "firing") return undefined;
  const quietUntil = newest([
    ...silences.flatMap((silence) => overSince(silence, incident, fired_at, now)),
    // A silence that was deleted leaves only what it kept back.
    ...rows.filter(({ status }) => status === "silenced").map(({ created_at }) => created_at),
  ]);
  if (quietUntil > lastSentAt) return ["silence_over", fired_at, quietUntil];
  if (now - lastSentAt < repeatMs) return undefined;
  return ["repeat", fired_at, Math.floor((now - fired_at) / repeatMs)];
}

// When the newest stretch of a silence ended that was in force while the incident fired; nothing where none did.
function overSince(silence: Silence, incident: Incident, firedAt: number, now: number): number[] {
  const span = silenceSpan(silence, now);
  if (span === undefined || span.to > now || span.to <= firedAt) return [];
  return matchesIncident(silence, incident) ? [span.to] : [];
}

function sentAt({ sent_at, created_at }: Notification): number {
  return sent_at ?? created_at;
}

function newest(times: readonly number[]): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...times);
}
