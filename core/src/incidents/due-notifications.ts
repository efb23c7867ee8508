import type { Channel, Incident, Notification, Silence } from "../records/index.ts";
import { contentId } from "./content-id.ts";
import type { IncidentTransition } from "./incident-step.ts";

/**
 * dueNotifications returns the outbox rows of one transition: one per enabled channel that the incident concerns, `silenced` where a silence matches.
 * Ids follow from the content, so that a repeated step yields the same rows. Retraining channels hear only of causes they retrain for.
 * O(channels · silences).
 */
export function dueNotifications(input: {
  transition: IncidentTransition;
  channels: readonly Channel[];
  silences: readonly Silence[];
  now: number;
  /** Channel ids of the monitors that failed; absent: every enabled channel. */
  channelIds?: readonly string[] | undefined;
}): Notification[] {
  const { transition, channels, silences, now, channelIds } = input;
  const { incident } = transition;
  const wanted = channelIds === undefined ? undefined : new Set(channelIds);
  const isSilenced = silences.some((silence) => matchesSilence(silence, incident, now));
  return channels
    .filter(
      (channel) => channel.enabled && (wanted?.has(channel.id) ?? true) && concerns(channel, transition),
    )
    .map((channel) => ({
      id: notificationId(transition, channel.id),
      incident_id: incident.id,
      channel_id: channel.id,
      transition: transition.transition,
      status: isSilenced ? "silenced" : "queued",
      attempts: 0,
      created_at: now,
    }));
}

/** matchesSilence decides whether a silence keeps an incident quiet at `now`. O(1). */
export function matchesSilence(silence: Silence, incident: Incident, now: number): boolean {
  return (
    silence.starts_at <= now &&
    now < silence.ends_at &&
    (silence.model === undefined || silence.model === incident.model) &&
    (silence.cause === undefined || silence.cause === incident.cause)
  );
}

/**
 * repeatNotifications returns reminders of incidents that are firing, unacknowledged, and were last told of `repeatMs` or longer ago. One row per channel
 * that was sent something, and per elapsed interval, so that a long outage of the analyzer yields one reminder, not many.
 * O(incidents · notifications).
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
  return incidents
    .filter((incident) => incident.state === "firing" && incident.fired_at !== undefined)
    .filter((incident) => !silences.some((silence) => matchesSilence(silence, incident, now)))
    .flatMap((incident) =>
      channels
        .filter((channel) => channel.enabled && channel.kind !== "retrain")
        .flatMap((channel) => {
          const told = notifications.filter(
            (notification) =>
              notification.incident_id === incident.id && notification.channel_id === channel.id,
          );
          const last = Math.max(
            ...told.map((notification) => notification.sent_at ?? notification.created_at),
          );
          if (told.length === 0 || now - last < repeatMs) return [];
          const interval = Math.floor((now - incident.fired_at!) / repeatMs);
          return [
            {
              id: contentId("ntf", [incident.id, "repeat", incident.fired_at!, interval, channel.id]),
              incident_id: incident.id,
              channel_id: channel.id,
              transition: "updated" as const,
              status: "queued" as const,
              attempts: 0,
              created_at: now,
            },
          ];
        }),
    );
}

function concerns(channel: Channel, { incident, transition, reason }: IncidentTransition): boolean {
  if (channel.kind !== "retrain") return true;
  const isForModel = channel.models === undefined || channel.models.includes(incident.model);
  const isForCause = channel.causes.some((cause) => cause === incident.cause);
  return isForModel && isForCause && (transition === "fired" || reason === "cause_changed");
}

function notificationId({ incident, transition, reason }: IncidentTransition, channelId: string): string {
  // Event time: a step repeated after a crash comes to the same id, whatever the clock says by then.
  const occasion = transition === "resolved" ? (incident.healthy_until ?? 0) : incident.last_failing_at;
  return contentId("ntf", [incident.id, transition, reason, incident.cause, occasion, channelId]);
}
