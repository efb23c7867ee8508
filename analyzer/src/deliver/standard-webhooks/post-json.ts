import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { findLeewayError } from "@leeway/core/errors";
import type { DeliverySymptom, Receipt } from "../retry/delivery-result.ts";
import { parseRetryAfter } from "../retry/parse-retry-after.ts";
import type { AllowList } from "../target/allow-list.ts";
import { createGuardedLookup, isReachable, refusedTarget } from "../target/guarded-lookup.ts";

/** PostAnswer is what came of one HTTP request: accepted with its status, or the symptom that `decideRetry` judges. */
export type PostAnswer =
  | { outcome: "accepted"; status: number; answer: string }
  | { outcome: "failed"; symptom: DeliverySymptom };

const MOST_KEPT = 300;
const TIMEOUT_MS = 15_000;
// Enough for what a service says is wrong with a request.
const MOST_ANSWER_BYTES = 1_024;
const ANSWER_MS = 1_000;

/**
 * postJson sends one JSON body and returns what the receiver said. The address is checked when the socket connects, redirects are not
 * followed, only the beginning of the answer's body is read, and the whole exchange ends after 15 seconds.
 */
export function postJson(input: {
  url: string;
  body: string;
  headers: Record<string, string>;
  allowList: AllowList;
  now: () => number;
  timeoutMs?: number;
}): Promise<PostAnswer> {
  const timeoutMs = input.timeoutMs ?? TIMEOUT_MS;
  const url = new URL(input.url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return Promise.resolve(failed({ kind: "target", reason: `${url.protocol} is not http or https` }));
  }
  // A literal address never goes through the lookup.
  if (isIP(host) !== 0 && !isReachable(input.allowList, host, host)) {
    return Promise.resolve(failed({ kind: "target", reason: refusedTarget(host, host).message }));
  }
  return new Promise((resolve) => {
    const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(input.body),
        "user-agent": "Leeway-Webhook/1",
        ...input.headers,
      },
      lookup: createGuardedLookup(input.allowList),
      // A pooled socket would have been checked for another request's time.
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
    });
    request.on("response", (response) => {
      void readAnswer(response).then((answer) => resolve(judgeResponse(response, answer, input.now())));
    });
    request.on("error", (error) => resolve(failed(symptomOf(error, timeoutMs))));
    request.end(input.body);
  });
}

// What a receiver decided is in its status: a body that is slow, or breaks off, changes nothing.
function readAnswer(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const end = () => {
      clearTimeout(patience);
      response.destroy();
      const text = Buffer.concat(chunks).subarray(0, MOST_ANSWER_BYTES).toString("utf8");
      resolve(text.replace(/[\p{Cc}\uFFFD]+/gu, " ").trim());
    };
    const patience = setTimeout(end, ANSWER_MS);
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (Buffer.concat(chunks).length >= MOST_ANSWER_BYTES) end();
    });
    response.on("end", end);
    response.on("error", end);
  });
}

/** receiptOf returns what is kept of an accepted request: its status, and the beginning of what the receiver said. */
export function receiptOf({ status, answer }: { status: number; answer: string }): Receipt {
  return { status: String(status), ...(answer === "" ? {} : { answer: answer.slice(0, MOST_KEPT) }) };
}

function judgeResponse(response: IncomingMessage, answer: string, nowMs: number): PostAnswer {
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return { outcome: "accepted", status, answer };
  const retryAfterSeconds = parseRetryAfter(response.headers["retry-after"], nowMs);
  return failed({
    kind: "http",
    status,
    ...(answer === "" ? {} : { answer }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

/** symptomOf returns how a request without an answer failed. */
export function symptomOf(error: NodeJS.ErrnoException, timeoutMs: number): DeliverySymptom {
  const refused = findLeewayError(error, "delivery_refused");
  if (refused !== undefined) return { kind: "target", reason: refused.message };
  if (error.name === "AbortError" || error.name === "TimeoutError")
    return { kind: "timeout", afterMs: timeoutMs };
  return { kind: "network", code: error.code ?? error.name };
}

function failed(symptom: DeliverySymptom): PostAnswer {
  return { outcome: "failed", symptom };
}
