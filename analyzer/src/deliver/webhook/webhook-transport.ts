import type { ChannelOf } from "@leeway/core/channels";
import { addressWords } from "../address-words.ts";
import { sendWebhook, type WebhookSettings } from "../standard-webhooks/send-webhook.ts";
import type { Delivery, Transport } from "../transport.ts";

/** createWebhookTransport returns the transport that posts the incident's payload to the channel's address, signed with its secret. */
export function createWebhookTransport(deps: {
  settings: WebhookSettings;
  render: (delivery: Delivery<ChannelOf<"webhook">>) => unknown;
}): Transport<"webhook"> {
  return {
    kind: "webhook",
    send(delivery) {
      const { url, secret, previous_secret: previousSecret } = delivery.channel;
      const payload = deps.render(delivery);
      delivery.noteRequest({ to: addressWords(url), body: payload });
      return sendWebhook(deps.settings, {
        ...{ url, secret, previousSecret, payload },
        id: delivery.notification.id,
      });
    },
  };
}
