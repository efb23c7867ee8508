import { findLeewayError } from "./find-leeway-error.ts";
import type { ErrorCode } from "./leeway-error.ts";

const PASSING: ReadonlySet<ErrorCode> = new Set(["store_unavailable", "store_overloaded", "timeout"]);

/** isPassingTrouble decides whether an error says only that the store is away or overloaded now: the same work may well succeed later, so nothing final follows from it. */
export function isPassingTrouble(error: unknown): boolean {
  const code = findLeewayError(error)?.code;
  return code !== undefined && PASSING.has(code);
}
