import type { Notification } from "@leeway/core/records";

/**
 * newerThan returns the notification that says all a queued update has to say: the newest of the same incident and channel that still waits, where there is a newer one.
 * What an incident fired with or resolved with is always sent. O(notifications of the incident to the channel).
 */
export function newerThan(
  notification: Notification,
  thread: readonly Notification[],
): Notification | undefined {
  if (notification.transition !== "updated") return undefined;
  return thread
    .filter(
      ({ status, transition, created_at }) =>
        status === "queued" && transition !== "test" && created_at > notification.created_at,
    )
    .at(-1);
}
