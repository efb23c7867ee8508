import { type Channel, remindsChannel } from "../channels/index.ts";
import type { Incident, IncidentAction, Notification } from "../records/index.ts";
import { formatWindowStart } from "../words/index.ts";
import { contentId } from "./content-id.ts";

/**
 * actionNotifications returns the outbox rows of what a person did to an incident: one per channel of people that was notified of it, also under a silence, since whoever saw
 * that it fires is to see that somebody took it on. Two people who do the same at once come to the same ids. A note and a mark are on the page only. O(channels · notifications).
 */
export function actionNotifications(input: {
  /** The incident after the action. */
  incident: Incident;
  action: IncidentAction;
  /** What was done to this incident before. */
  before: readonly IncidentAction[];
  channels: readonly Channel[];
  notifications: readonly Notification[];
  now: number;
}): Notification[] {
  const { incident, action, channels, notifications, now } = input;
  const words = actionWords(action);
  if (words === undefined) return [];
  const ofIncident = notifications.filter(({ incident_id }) => incident_id === incident.id);
  const known = new Set(ofIncident.map(({ id }) => id));
  const notified = new Set(
    ofIncident
      .filter(({ status }) => status === "sent" || status === "queued")
      .map(({ channel_id }) => channel_id),
  );
  const occasion = occasionOf(incident, action, input.before);
  return channels
    .filter((channel) => channel.enabled && remindsChannel(channel) && notified.has(channel.id))
    .map(
      (channel): Notification => ({
        id: contentId("ntf", [incident.id, action.action, ...occasion, channel.id]),
        incident_id: incident.id,
        channel_id: channel.id,
        transition: action.action === "resolve" ? "resolved" : "updated",
        occasion: { reason: action.action, by: action.actor, words },
        status: "queued",
        attempts: 0,
        created_at: now,
      }),
    )
    .filter(({ id }) => !known.has(id));
}

// What changes the state happens once between two openings of the incident, whoever does it; the rest may happen often.
function occasionOf(
  { fired_at = 0 }: Incident,
  { id, action }: IncidentAction,
  before: readonly IncidentAction[],
): (string | number)[] {
  const isState =
    action === "acknowledge" || action === "resolve" || action === "reopen" || action === "undo";
  if (!isState) return [id];
  const opens = before.filter((one) => one.action === "reopen" || one.action === "undo").length;
  return [fired_at, opens];
}

function actionWords({ action, actor, text, until, assignee }: IncidentAction): string | undefined {
  const said = text === undefined || text === "" ? "." : `: ${text}`;
  switch (action) {
    case "acknowledge":
      return `Acknowledged by ${actor}${said}`;
    case "resolve":
      return `Resolved by ${actor}${said}`;
    case "reopen":
      return `Reopened by ${actor}${said}`;
    case "undo":
      return `${actor} took the resolution back${said}`;
    case "snooze":
      return `Snoozed by ${actor} until ${formatWindowStart(until ?? 0)}${said}`;
    case "assign":
      return assignee === undefined
        ? `No longer assigned, says ${actor}${said}`
        : `Assigned to ${assignee} by ${actor}${said}`;
    case "note":
    case "mark":
      return undefined;
    default:
      return action satisfies never;
  }
}
