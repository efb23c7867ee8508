import type { AlertOccasion, AlertRequest, ChannelKind, ChannelOf } from "@leeway/core/channels";
import { addressWords } from "./address-words.ts";
import type { DeliveryShell } from "./delivery-shell.ts";
import { messageOf } from "./message-of.ts";
import { decideRetry } from "./retry/decide-retry.ts";
import type { Receipt } from "./retry/delivery-result.ts";
import { postJson, receiptOf } from "./standard-webhooks/post-json.ts";
import type { WebhookSettings } from "./standard-webhooks/send-webhook.ts";
import type { Transport } from "./transport.ts";

/** RequestSettings are what every request needs beside its channel. */
export interface RequestSettings extends WebhookSettings {
  publicUrl: string;
}

/** requestSettings returns the settings of requests as the analyzer has them. */
export function requestSettings({ config, now }: DeliveryShell): RequestSettings {
  return { allowList: config.LEEWAY_ALLOW_PRIVATE_WEBHOOKS, publicUrl: config.LEEWAY_PUBLIC_URL, now };
}

/**
 * createRequestTransport returns the transport of a kind that takes plain requests. They are sent in order until one fails; all are sent again then, which these services take for
 * the same alert.
 */
export function createRequestTransport<Kind extends ChannelKind>(
  kind: Kind,
  settings: RequestSettings,
  render: (channel: ChannelOf<Kind>, occasion: AlertOccasion) => AlertRequest[],
): Transport<Kind> {
  return {
    kind,
    async send(delivery) {
      const occasion = { ...messageOf(delivery, settings.publicUrl), at: delivery.notification.created_at };
      let receipt: Receipt = {};
      for (const { url, headers, body } of render(delivery.channel, occasion)) {
        delivery.noteRequest({ to: addressWords(url), body });
        const answer = await postJson({ ...settings, url, headers, body: JSON.stringify(body) });
        if (answer.outcome === "failed") return decideRetry(answer.symptom);
        receipt = receiptOf(answer);
      }
      return { outcome: "sent", receipt };
    },
  };
}
