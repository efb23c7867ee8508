import { toWebhookPayload } from "@leeway/core/channels/webhook";
import type { WebhookPayload } from "@leeway/core/messages";
import { messageOf } from "../message-of.ts";
import type { Delivery } from "../transport.ts";

/** incidentBody returns the body that notifies a signed receiver of an incident. */
export function incidentBody(delivery: Delivery, publicUrl: string): WebhookPayload {
  const { incident, context } = messageOf(delivery, publicUrl);
  return toWebhookPayload(incident, { ...context, at: delivery.notification.created_at });
}
