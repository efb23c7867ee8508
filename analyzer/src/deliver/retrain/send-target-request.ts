import type { TargetRequest } from "@leeway/core/retraining";
import type { WebhookSettings } from "../standard-webhooks/send-webhook.ts";
import { signWebhook } from "../standard-webhooks/sign-webhook.ts";
import { type ExchangeAnswer, exchangeJson } from "./exchange-json.ts";

/** sendTargetRequest sends one request to a target: it logs in first where the target asks for it, and signs where it must be signed. */
export async function sendTargetRequest(
  settings: WebhookSettings,
  request: TargetRequest,
  credentials: { id: string; secret: string },
): Promise<ExchangeAnswer> {
  const { login, method, url, certificateAuthority } = request;
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const headers = { ...request.headers };
  if (request.signing?.kind === "standard_webhooks") {
    Object.assign(headers, signWebhook({ ...credentials, at: settings.now(), body: body ?? "" }));
  }
  if (login !== undefined) {
    const entry = await sendTargetRequest(settings, login.request, credentials);
    if (entry.outcome === "failed") return entry;
    const token = login.readToken(entry.answer);
    if (token === undefined) {
      return { outcome: "failed", symptom: { kind: "target", reason: "the login answered no token" } };
    }
    headers["authorization"] = `Bearer ${token}`;
  }
  return exchangeJson(settings, { method, url, headers, body, certificateAuthority });
}
