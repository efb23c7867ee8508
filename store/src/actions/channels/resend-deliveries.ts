import { decideResend } from "@leeway/core/delivery";
import { LeewayError } from "@leeway/core/errors";
import type { Notification } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";

interface Resend {
  actor: string;
  now: number;
}

/** resendDelivery puts a dead letter back into the outbox and returns it. It throws `not_found` where there is none, and `conflict` with the reason where it is not to be sent again. */
export async function resendDelivery(
  store: Pick<Store, "records" | "putRecordsTogether">,
  project: string,
  { id, ...by }: Resend & { id: string },
): Promise<Notification> {
  const notification = await store.records.notification.get(project, id);
  if (notification === undefined) throw new LeewayError("not_found", `there is no delivery ${id}`);
  const channel = await store.records.channel.get(project, notification.channel_id);
  const decision = decideResend(notification, channel, by);
  if (decision.outcome === "refused") {
    throw new LeewayError("conflict", `delivery ${id} is not sent again: ${decision.reason}`);
  }
  await putBack(store, project, [decision.notification], by.actor);
  return decision.notification;
}

/** resendDeadLetters puts every dead letter of a channel back into the outbox, in one insert, and returns them. It throws `conflict` where the channel is off. */
export async function resendDeadLetters(
  store: Pick<Store, "records" | "putRecordsTogether">,
  project: string,
  { channelId, ...by }: Resend & { channelId: string },
): Promise<Notification[]> {
  const channel = await store.records.channel.get(project, channelId);
  if (channel === undefined) throw new LeewayError("not_found", `there is no channel ${channelId}`);
  if (!channel.enabled) {
    throw new LeewayError("conflict", `channel ${channelId} is off: switch it on first`);
  }
  const notifications = await store.records.notification.list(project);
  const resent = notifications
    .filter(({ channel_id }) => channel_id === channelId)
    .map((notification) => decideResend(notification, channel, by))
    .flatMap((decision) => (decision.outcome === "resend" ? [decision.notification] : []))
    .sort((a, b) => a.created_at - b.created_at);
  await putBack(store, project, resent, by.actor);
  return resent;
}

function putBack(
  store: Pick<Store, "putRecordsTogether">,
  project: string,
  notifications: readonly Notification[],
  actor: string,
): Promise<void> {
  const changes = notifications.map((body) => ({ kind: "notification", id: body.id, body }));
  return store.putRecordsTogether(project, changes, actor);
}
