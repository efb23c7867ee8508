import { createHmac } from "node:crypto";

/** WebhookHeaders are the three headers of the Standard Webhooks specification. */
export type WebhookHeaders = Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string>;

/**
 * signWebhook returns the Standard Webhooks headers of one attempt: `v1`, the Base64 HMAC-SHA256 of `id.timestamp.body`. The id is the
 * same on every attempt, the timestamp (epoch seconds) is this attempt's. A previous secret signs beside the present one. Source: standard-webhooks specification 1.0.
 *
 * @example signWebhook({ secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", id: "msg_1", at: 1614265330000, body: "{}" })
 */
export function signWebhook(input: {
  secret: string;
  previousSecret?: string | undefined;
  id: string;
  at: number;
  body: string;
}): WebhookHeaders {
  // The signed text is joined with dots, so an id that holds one could be read in two ways.
  const id = input.id.replaceAll(".", "_");
  const timestamp = String(Math.floor(input.at / 1_000));
  const secrets = [input.secret, ...(input.previousSecret === undefined ? [] : [input.previousSecret])];
  const signatures = secrets.map((secret) =>
    createHmac("sha256", secretBytes(secret)).update(`${id}.${timestamp}.${input.body}`).digest("base64"),
  );
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.map((signature) => `v1,${signature}`).join(" "),
  };
}

/** secretBytes returns the key of a webhook secret: the decoded part after `whsec_`, or the text's own bytes where it has no such prefix. */
export function secretBytes(secret: string): Buffer {
  const prefix = "whsec_";
  return secret.startsWith(prefix)
    ? Buffer.from(secret.slice(prefix.length), "base64")
    : Buffer.from(secret, "utf8");
}
