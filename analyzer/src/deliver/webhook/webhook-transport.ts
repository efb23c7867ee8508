import type { ChannelOf } from "@leeway/core/channels";
import { sendWebhook, type WebhookSettings } from "../standard-webhooks/send-webhook.ts";
import type { Delivery, Transport } from "../transport.ts";

/** createWebhookTransport returns the transport that posts the incident's payload to the channel's address, signed with its secret. */
export function createWebhookTransport(deps: {
  settings: WebhookSettings;
  render: (delivery: Delivery<ChannelOf<"webhook">>) => unknown;
}): Transport<"webhook"> {
  return {
    kind: "webhook",
    send: (delivery) =>
      sendWebhook(deps.settings, {
        url: delivery.channel.url,
        secret: delivery.channel.secret,
        previousSecret: delivery.channel.previous_secret,
        id: delivery.notification.id,
        payload: deps.render(delivery),
      }),
  };
}
