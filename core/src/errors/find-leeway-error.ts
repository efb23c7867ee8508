import { type ErrorCode, isLeewayError, type LeewayError } from "./leeway-error.ts";

/** findLeewayError returns `error` itself or the nearest cause that is a LeewayError (of the given code, if one is given). */
export function findLeewayError(error: unknown, code?: ErrorCode): LeewayError | undefined {
  let current = error;
  for (let depth = 0; depth < 10 && current instanceof Error; depth++) {
    if (isLeewayError(current) && (code === undefined || current.code === code)) return current;
    current = current.cause;
  }
  return undefined;
}
