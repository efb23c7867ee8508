import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import type { DeliverySymptom } from "../retry/delivery-result.ts";
import { parseRetryAfter } from "../retry/parse-retry-after.ts";
import { symptomOf } from "../standard-webhooks/post-json.ts";
import type { WebhookSettings } from "../standard-webhooks/send-webhook.ts";
import { createGuardedLookup, isReachable, refusedTarget } from "../target/guarded-lookup.ts";

/** ExchangeAnswer is what came of one request to a target's API: its status and JSON, or the symptom that `decideRetry` judges. */
export type ExchangeAnswer =
  | { outcome: "accepted"; status: number; answer: unknown }
  | { outcome: "failed"; symptom: DeliverySymptom };

const TIMEOUT_MS = 15_000;
const MOST_BYTES = 1_048_576;

/**
 * exchangeJson sends one request and reads the JSON of its answer, `undefined` where that is none. As with webhooks the address is checked when the socket
 * connects, redirects are not followed, and the whole exchange ends after 15 seconds.
 */
export function exchangeJson(
  settings: WebhookSettings,
  input: {
    method: string;
    url: string;
    headers: Record<string, string>;
    body: string | undefined;
    certificateAuthority?: string | undefined;
  },
): Promise<ExchangeAnswer> {
  const url = new URL(input.url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // A literal address never goes through the lookup.
  if (isIP(host) !== 0 && !isReachable(settings.allowList, host, host)) {
    return Promise.resolve(failed({ kind: "target", reason: refusedTarget(host, host).message }));
  }
  const timeoutMs = settings.timeoutMs ?? TIMEOUT_MS;
  return new Promise((resolve) => {
    const onError = (error: Error) => resolve(failed(symptomOf(error, timeoutMs)));
    const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
      method: input.method,
      headers: {
        accept: "application/json",
        ...(input.body === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(input.body) }),
        "user-agent": "Leeway-Webhook/1",
        ...input.headers,
      },
      lookup: createGuardedLookup(settings.allowList),
      // A pooled socket would have been checked for another request's time.
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      ...(input.certificateAuthority === undefined ? {} : { ca: input.certificateAuthority }),
    });
    request.on("response", (response) => {
      readText(response).then((text) => resolve(judge(response, text, settings.now())), onError);
    });
    request.on("error", onError);
    request.end(input.body);
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function judge(response: IncomingMessage, text: string, nowMs: number): ExchangeAnswer {
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return { outcome: "accepted", status, answer: parsed(text) };
  const retryAfterSeconds = parseRetryAfter(response.headers["retry-after"], nowMs);
  return failed({
    kind: "http",
    status,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

// A receiver may answer with anything; what it decided is in its status.
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(symptom: DeliverySymptom): ExchangeAnswer {
  return { outcome: "failed", symptom };
}
