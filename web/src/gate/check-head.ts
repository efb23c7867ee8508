import type { ErrorCode } from "@leeway/core/errors";
import { checkSameOrigin } from "../auth/same-origin.ts";

/** The longest body that any page of ours sends. */
export const MAX_BODY_BYTES = 64 * 1024;

/** RequestHead is what is known of a request before any of its body was read. */
export interface RequestHead {
  method: string;
  path: string;
  headers: Headers;
  /** How many Host headers it has: a proxy and this process may each believe another one. */
  hosts: number;
}

/** HeadDecision says whether a request may go on to Next, and if not, what the answer is. */
export type HeadDecision =
  | { outcome: "pass" }
  | { outcome: "refused"; code: ErrorCode; reason: string; headers?: Record<string, string> };

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
const METHODS = {
  page: ["GET", "HEAD"],
  api: ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"],
};

/** checkHead decides by the head of a request alone whether it may go on, so that what another site sent, or is too long, is never read. */
export function checkHead({ method, path, headers, hosts }: RequestHead, publicUrl: string): HeadDecision {
  if (hosts !== 1) return { outcome: "refused", code: "invalid_request", reason: "Send one Host header." };
  const allowed = path.startsWith("/api/") ? METHODS.api : METHODS.page;
  if (!allowed.includes(method)) {
    const reason = `${method} is not possible here. Possible: ${allowed.join(", ")}.`;
    return { outcome: "refused", code: "method_not_allowed", reason, headers: { allow: allowed.join(", ") } };
  }
  if (!SAFE_METHODS.has(method)) {
    const origin = checkSameOrigin(headers, publicUrl);
    if (origin.outcome === "refused") return { outcome: "refused", code: "forbidden", reason: origin.reason };
  }
  if (headers.has("transfer-encoding")) {
    const reason = "Send the body with a Content-Length and without Transfer-Encoding.";
    return { outcome: "refused", code: "invalid_request", reason };
  }
  if (Number(headers.get("content-length") ?? 0) > MAX_BODY_BYTES) {
    const reason = `The request is too long: at most ${MAX_BODY_BYTES / 1024} kB are read.`;
    return { outcome: "refused", code: "payload_too_large", reason };
  }
  return { outcome: "pass" };
}
