import {
  type Channel,
  concernsChannel,
  decideSubscription,
  hasReached,
  standbyReason,
} from "../channels/index.ts";
import type { Notification, Silence } from "../records/index.ts";
import { isSilenced } from "../silences/index.ts";
import { SETTLED } from "../triage/index.ts";
import { contentId } from "./content-id.ts";
import type { IncidentTransition } from "./incident-step.ts";

/**
 * dueNotifications returns the outbox rows of one transition: one per enabled channel that the incident concerns, `silenced` where a silence matches.
 * A channel that was notified of the incident is notified of its end, whatever is silent by then. Ids follow from the content, so that a repeated step yields the same rows. What a channel does not take is
 * stored as `not_subscribed`, with the reason. Retraining channels are notified only of causes they retrain for.
 * O(channels · silences).
 */
export function dueNotifications(input: {
  transition: IncidentTransition;
  channels: readonly Channel[];
  silences: readonly Silence[];
  now: number;
  /** The incident's notifications so far. */
  earlier?: readonly Notification[] | undefined;
  /** Channel ids of the monitors that failed; absent: every enabled channel. */
  channelIds?: readonly string[] | undefined;
}): Notification[] {
  const { transition, channels, silences, now, earlier = [], channelIds } = input;
  const { incident } = transition;
  // Nobody retrains on a guess: a cause that is not settled is none to act on.
  const hasNewCause =
    incident.confidence >= SETTLED &&
    (transition.transition === "fired" ||
      transition.reason === "cause_changed" ||
      transition.reason === "cause_settled");
  const wanted = channelIds === undefined ? undefined : new Set(channelIds);
  const silence = silences.find((one) => isSilenced(one, incident, now));
  const wasNotified = (channelId: string) =>
    earlier.some((one) => one.channel_id === channelId && hasReached(one));
  const statusFor = (channel: Channel): Pick<Notification, "status" | "silence_id" | "last_error"> => {
    const { id: channelId, subscribes } = channel;
    const decision = decideSubscription(subscribes, incident, wanted !== undefined);
    const leftOut = decision.outcome === "left" ? decision.reason : standbyReason(channel);
    // Who saw the beginning sees what became of it, whatever the channel takes by then.
    if (leftOut !== undefined && !wasNotified(channelId)) {
      return { status: "not_subscribed", last_error: leftOut };
    }
    if (isSnoozed(transition, now)) return { status: "silenced" };
    const isEnd = transition.transition === "resolved" && wasNotified(channelId);
    return silence === undefined || isEnd
      ? { status: "queued" }
      : { status: "silenced", silence_id: silence.id };
  };
  return channels
    .filter(
      (channel) =>
        channel.enabled &&
        ((wanted?.has(channel.id) ?? true) ||
          (transition.transition === "resolved" && wasNotified(channel.id))) &&
        concernsChannel(channel, { incident, hasNewCause }),
    )
    .map((channel) => ({
      id: notificationId(transition, channel.id),
      incident_id: incident.id,
      channel_id: channel.id,
      transition: transition.transition,
      occasion: { reason: transition.reason },
      ...statusFor(channel),
      attempts: 0,
      created_at: now,
    }));
}

// Whoever wants no word for a while still wants to know that it is over, or that it became worse.
function isSnoozed({ incident, transition, reason, is_raised }: IncidentTransition, now: number): boolean {
  if (transition === "resolved" || reason === "severity_raised" || is_raised === true) return false;
  return incident.snoozed_until !== undefined && now < incident.snoozed_until;
}

function notificationId({ incident, transition, reason }: IncidentTransition, channelId: string): string {
  // Event time: a step repeated after a crash comes to the same id, whatever the clock says by then.
  const occasion = transition === "resolved" ? (incident.healthy_until ?? 0) : incident.last_failing_at;
  return contentId("ntf", [incident.id, transition, reason, incident.cause, occasion, channelId]);
}
