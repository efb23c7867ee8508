import { type DeliveryAttempt, requestText, type SentRequest, withoutSecrets } from "@leeway/core/delivery";
import type { Notification } from "@leeway/core/records";
import type { DeliveryResult } from "./retry/delivery-result.ts";

/** attemptOf returns one attempt as the log keeps it: what was sent and what was answered, without the channel's secrets. O(length · secrets). */
export function attemptOf(input: {
  notification: Notification;
  result: DeliveryResult;
  requests: readonly SentRequest[];
  secrets: readonly string[];
  at: number;
  tookMs: number;
}): DeliveryAttempt {
  const { notification, result, requests, secrets, at, tookMs } = input;
  return {
    notification_id: notification.id,
    channel_id: notification.channel_id,
    incident_id: notification.incident_id,
    transition: notification.transition,
    attempt: notification.attempts + 1,
    at,
    took_ms: tookMs,
    outcome: result.outcome,
    concerns_message: result.outcome === "retry" && result.concerns === "message",
    retry_after_ms: result.outcome === "retry" ? (result.retryAfterMs ?? 0) : 0,
    answer: answerOf(result),
    request: withoutSecrets(requestText(requests), secrets),
  };
}

function answerOf(result: DeliveryResult): string {
  if (result.outcome !== "sent") return result.reason;
  const said = Object.entries(result.receipt).map(([name, text]) => `${name} ${text}`);
  return said.length === 0 ? "accepted" : said.join(", ");
}
