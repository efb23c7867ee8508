import { decideRetry } from "../retry/decide-retry.ts";
import type { DeliveryResult } from "../retry/delivery-result.ts";
import type { AllowList } from "../target/allow-list.ts";
import { postJson, receiptOf } from "./post-json.ts";
import { signWebhook } from "./sign-webhook.ts";

/** WebhookSettings are what every signed request needs beside its receiver. */
export interface WebhookSettings {
  allowList: AllowList;
  now: () => number;
  timeoutMs?: number;
}

/** sendWebhook posts one payload signed as Standard Webhooks are and returns what became of the attempt; `id` is the same on every attempt. */
export async function sendWebhook(
  settings: WebhookSettings,
  message: { url: string; secret: string; previousSecret?: string | undefined; id: string; payload: unknown },
): Promise<DeliveryResult> {
  const body = JSON.stringify(message.payload);
  const answer = await postJson({
    ...settings,
    url: message.url,
    body,
    headers: signWebhook({ ...message, at: settings.now(), body }),
  });
  if (answer.outcome === "failed") return decideRetry(answer.symptom);
  return { outcome: "sent", receipt: receiptOf(answer) };
}
