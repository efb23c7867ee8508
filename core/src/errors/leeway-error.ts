/** ErrorCode is the closed set of outcomes that a caller may branch on; one table per edge maps them to HTTP or to a retry. */
export type ErrorCode =
  | "invalid_request"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "batch_id_reused"
  | "payload_too_large"
  | "unsupported_media_type"
  | "rate_limited"
  | "quota_exceeded"
  | "store_unavailable"
  | "store_overloaded"
  | "store_rejected"
  | "delivery_failed"
  | "delivery_refused"
  | "evaluation_failed"
  | "timeout"
  | "internal";

/** One problem found in bad input: `path` names the field (`predictions.3.features.age`), `message` says what was expected. */
export interface InputProblem {
  path: string;
  message: string;
}

// A bundler may put several copies of this class into one process, and `instanceof` tells them apart. The mark is the same for all copies.
const MARK = Symbol.for("leeway.error");

/** LeewayError is the only error type that crosses a package boundary. */
export class LeewayError extends Error {
  readonly [MARK] = true;
  readonly code: ErrorCode;
  readonly problems: readonly InputProblem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; problems?: readonly InputProblem[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "LeewayError";
    this.code = code;
    this.problems = options.problems ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** isLeewayError decides whether `value` is a LeewayError, whichever copy of the class made it. */
export function isLeewayError(value: unknown): value is LeewayError {
  return value instanceof Error && MARK in value;
}
