import type { Channel } from "../channels/index.ts";
import type { Notification } from "../records/index.ts";

/** ResendDecision is whether a notification is sent once more, as it goes back to the outbox, or why not. */
type ResendDecision =
  | { outcome: "resend"; notification: Notification }
  | { outcome: "refused"; reason: string };

/**
 * decideResend decides whether a dead letter is sent once more. It keeps its id, so that a receiver that has it after all can tell, and its place among the messages of its
 * incident. Only what failed for good is sent again, and only to a channel that is on. O(1).
 */
export function decideResend(
  notification: Notification,
  channel: Channel | undefined,
  { actor, now }: { actor: string; now: number },
): ResendDecision {
  if (notification.status !== "failed") {
    return { outcome: "refused", reason: `it is ${notification.status}, and only what failed is sent again` };
  }
  if (notification.transition === "test") {
    return { outcome: "refused", reason: "it was a test: test the channel again" };
  }
  if (channel === undefined) return { outcome: "refused", reason: "its channel was removed" };
  if (!channel.enabled) return { outcome: "refused", reason: "its channel is off: switch it on first" };
  const { last_error: _old, ...rest } = notification;
  return {
    outcome: "resend",
    notification: { ...rest, status: "queued", attempts: 0, resent_at: now, resent_by: actor },
  };
}
