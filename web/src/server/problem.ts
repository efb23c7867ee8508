import type { ErrorCode, InputProblem } from "@leeway/core/errors";

const STATUS: Record<ErrorCode, number> = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  batch_id_reused: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  quota_exceeded: 429,
  store_unavailable: 503,
  store_overloaded: 503,
  store_rejected: 500,
  delivery_failed: 502,
  delivery_refused: 502,
  evaluation_failed: 500,
  timeout: 504,
  internal: 500,
};

/** problem returns an RFC 9457 answer with the closed `code` and a sentence a person can act on; `errors` name the fields in question. */
export function problem(
  code: ErrorCode,
  detail: string,
  headers: Record<string, string> = {},
  errors: readonly InputProblem[] = [],
): Response {
  const status = STATUS[code];
  const title = code.replaceAll("_", " ");
  return Response.json(
    { type: "about:blank", status, code, title, detail, ...(errors.length === 0 ? {} : { errors }) },
    {
      status,
      headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
    },
  );
}
