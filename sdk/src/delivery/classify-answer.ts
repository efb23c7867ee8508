import type { HttpAnswer } from "../runtime.ts";
import { parseRetryAfter } from "./retry-delay.ts";

/** Rejection is one event the server refused, with its reason. */
export interface Rejection {
  readonly index: number;
  readonly code: string;
  readonly message: string;
}

/** DeliveryOutcome is what one attempt came to. */
export type DeliveryOutcome =
  | { readonly kind: "accepted"; accepted: number; duplicate: number; rejected: readonly Rejection[] }
  | { readonly kind: "retry"; reason: string; retryAfterMs: number | null }
  | { readonly kind: "too_large" }
  /** conflict: the batch id was used before with other content. */
  | { readonly kind: "conflict"; reason: string }
  /** misconfigured: key or address are wrong; every batch would fare the same. */
  | { readonly kind: "misconfigured"; reason: string }
  /** refused: this batch is bad; the next may be good. */
  | { readonly kind: "refused"; reason: string };

/**
 * classifyAnswer decides what an HTTP answer means for the batch. An answer is trusted as accepted only when its body
 * says so: a proxy's friendly 200 page is retried, not counted as delivered.
 */
export function classifyAnswer(answer: HttpAnswer, nowMs: number): DeliveryOutcome {
  const { status } = answer;
  const body = parseObject(answer.body);
  if (status >= 200 && status < 300) {
    if (body === null || typeof body["accepted"] !== "number")
      return retry(answer, "unexpected answer", nowMs);
    return {
      kind: "accepted",
      accepted: body["accepted"],
      duplicate: typeof body["duplicate"] === "number" ? body["duplicate"] : 0,
      rejected: Array.isArray(body["rejected"]) ? body["rejected"].map(toRejection) : [],
    };
  }
  const reason = describeProblem(status, body);
  if (status === 413) return { kind: "too_large" };
  if (status === 409) return { kind: "conflict", reason };
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    return retry(answer, reason, nowMs);
  if (status < 400 || status === 401 || status === 403 || status === 404 || status === 405) {
    return { kind: "misconfigured", reason };
  }
  return { kind: "refused", reason };
}

function retry(answer: HttpAnswer, reason: string, nowMs: number): DeliveryOutcome {
  return { kind: "retry", reason, retryAfterMs: parseRetryAfter(answer.retryAfter, nowMs) };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function toRejection(value: unknown): Rejection {
  const { index, code, message } = (
    typeof value === "object" && value !== null ? value : {}
  ) as Partial<Rejection>;
  return { index: Number(index ?? -1), code: String(code ?? "unknown"), message: String(message ?? "") };
}

function describeProblem(status: number, body: Record<string, unknown> | null): string {
  const code = body?.["code"];
  const detail = body?.["detail"] ?? body?.["title"];
  return [`HTTP ${status}`, code, detail].filter((part) => typeof part === "string").join(" ");
}
