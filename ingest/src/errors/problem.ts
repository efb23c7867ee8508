import { type ErrorCode, findLeewayError, type InputProblem, LeewayError } from "@leeway/core/errors";

/** PROBLEMS is the one table from error code to HTTP status and title. */
export const PROBLEMS: Record<ErrorCode, { status: number; title: string }> = {
  invalid_request: { status: 400, title: "The request is not valid" },
  unauthorized: { status: 401, title: "No valid API key" },
  forbidden: { status: 403, title: "The API key may not do this" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "The path is not served under this method" },
  conflict: { status: 409, title: "It already exists with other content" },
  batch_id_reused: { status: 409, title: "The batch id was used for other content" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The media type or encoding is not supported" },
  rate_limited: { status: 429, title: "Too many events" },
  quota_exceeded: { status: 429, title: "The quota is used up" },
  store_unavailable: { status: 503, title: "The store is not available" },
  store_overloaded: { status: 503, title: "The service is busy" },
  store_rejected: { status: 422, title: "The store could not read the data" },
  delivery_failed: { status: 502, title: "The receiver could not be reached" },
  delivery_refused: { status: 422, title: "The receiver may not be called" },
  evaluation_failed: { status: 500, title: "The evaluation failed" },
  timeout: { status: 504, title: "It took too long" },
  internal: { status: 500, title: "Something went wrong" },
};

/** Problem is an RFC 9457 problem document. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  request_id: string;
  errors?: InputProblem[];
}

/** problemOf returns the problem document for an error, and how long to wait where trying again makes sense. What went wrong inside stays inside. */
export function problemOf(
  error: unknown,
  requestId: string,
): { problem: Problem; retryAfterSeconds: number | undefined } {
  const known = findLeewayError(error);
  const refusal = known === undefined ? frameworkStatus(error) : undefined;
  const code = known?.code ?? codeOfStatus(refusal);
  const { title } = PROBLEMS[code];
  const status = refusal ?? PROBLEMS[code].status;
  const problem: Problem = {
    type: `https://leeway.dev/problems/${code}`,
    title,
    status,
    code,
    detail: detailOf(code, known ?? error),
    request_id: requestId,
  };
  if (known !== undefined && known.problems.length > 0) problem.errors = [...known.problems];
  const retryAfterSeconds = known?.retryAfterSeconds ?? (status === 503 || status === 429 ? 1 : undefined);
  return { problem, retryAfterSeconds };
}

/** isInside decides whether an error's words are of the inside (a query's name, an address, a path): they are for the log, not for the caller. */
export function isInside(error: unknown): boolean {
  const known = findLeewayError(error);
  if (known === undefined) return frameworkStatus(error) === undefined;
  switch (known.code) {
    case "internal":
    case "evaluation_failed":
      return true;
    case "store_unavailable":
    case "store_overloaded":
      // What the service says of itself has no cause; what the store said has.
      return known.cause !== undefined;
    default:
      return false;
  }
}

function detailOf(code: ErrorCode, error: unknown): string {
  if (isInside(error)) return INSIDE[code] ?? "The request failed; the log has the reason.";
  const message = error instanceof Error ? error.message : "unknown error";
  if (error instanceof LeewayError) return message;
  // Fastify refuses a media type before any route sees it, in two words.
  if (code === "unsupported_media_type") return "Content-Type is missing or not a media type";
  return `the request can't be read: ${message.slice(0, 200)}`;
}

const INSIDE: Partial<Record<ErrorCode, string>> = {
  store_unavailable: "The store does not answer; try again. The log has the reason.",
  store_overloaded: "The store takes nothing more at the moment; try again. The log has the reason.",
  evaluation_failed: "The evaluation failed; the analyzer's log has the reason.",
};

// The HTTP framework's own refusals (malformed URL, header too large) carry a status instead of a code. All of them are the caller's.
function frameworkStatus(error: unknown): number | undefined {
  const status =
    typeof error === "object" && error !== null && "statusCode" in error ? Number(error.statusCode) : 0;
  return status >= 400 && status < 500 ? status : undefined;
}

function codeOfStatus(status: number | undefined): ErrorCode {
  switch (status) {
    case undefined:
      return "internal";
    case 404:
      return "not_found";
    case 405:
      return "method_not_allowed";
    case 413:
      return "payload_too_large";
    case 415:
      return "unsupported_media_type";
    default:
      return "invalid_request";
  }
}
