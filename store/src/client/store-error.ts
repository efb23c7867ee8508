import { ClickHouseError } from "@clickhouse/client";
import { type ErrorCode, findLeewayError, LeewayError } from "@leeway/core/errors";
import { z } from "zod";
import { isDiskProblem } from "../disk-problem.ts";
import { errorWords, parameterSizes } from "./error-words.ts";
import type { QueryParameter } from "./query-parameter.ts";

// https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
const OVERLOADED = new Set([
  "164", // READONLY
  "202", // TOO_MANY_SIMULTANEOUS_QUERIES
  "241", // MEMORY_LIMIT_EXCEEDED
  "242", // TABLE_IS_READ_ONLY
  "243", // NOT_ENOUGH_SPACE
  "252", // TOO_MANY_PARTS
  "285", // TOO_FEW_LIVE_REPLICAS
  "439", // CANNOT_SCHEDULE_TASK
]);
const UNAVAILABLE = new Set([
  "159", // TIMEOUT_EXCEEDED
  "209", // SOCKET_TIMEOUT
  "203", // NO_FREE_CONNECTION
  "210", // NETWORK_ERROR
  "225", // NO_ZOOKEEPER
  "236", // ABORTED
  "286", // UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE
  "319", // UNKNOWN_STATUS_OF_INSERT
  "394", // QUERY_WAS_CANCELLED
  "999", // KEEPER_EXCEPTION
]);
// ClickHouse tells of a disk that takes nothing more under many codes (75, 76, 1001 and others).
const DEFECTS = [z.ZodError, SyntaxError, TypeError, RangeError, ReferenceError];
const DISK_WORDS = /No space left on device|Disk quota exceeded|Read-only file system/;

/**
 * toStoreError returns the LeewayError for whatever a query threw: retryable where ClickHouse is away or overloaded, `internal` where the query itself is wrong. Neither
 * it nor its cause holds values of the query, because both are logged: only the names and sizes of `parameters`.
 */
export function toStoreError(
  error: unknown,
  doing: string,
  parameters: Readonly<Record<string, QueryParameter>> = {},
): LeewayError {
  const known = findLeewayError(error);
  if (known !== undefined) return known;
  const code = codeOf(error);
  const cause = withoutValues(error);
  const words = cause instanceof Error ? cause.message : String(cause);
  const given = code === "internal" ? parameterSizes(parameters) : "";
  return new LeewayError(code, `${doing}: ${words}${given === "" ? "" : `; given ${given}`}`, {
    cause,
    ...(code === "internal" ? {} : { retryAfterSeconds: 2 }),
  });
}

function withoutValues(error: unknown): unknown {
  if (!(error instanceof ClickHouseError)) return error;
  const { code, type = "UNKNOWN_EXCEPTION" } = error;
  return new ClickHouseError({ message: errorWords(error.message), code, type });
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof ClickHouseError) {
    if (OVERLOADED.has(error.code) || DISK_WORDS.test(errorWords(error.message))) return "store_overloaded";
    return UNAVAILABLE.has(error.code) ? "store_unavailable" : "internal";
  }
  // A mistake in our own code, or an answer that is not what the query promises: asking again would meet it again.
  if (DEFECTS.some((defect) => error instanceof defect)) return "internal";
  // Everything else that is not ClickHouse's own answer came from the way there: refused, reset, timed out, DNS.
  return isDiskProblem(error) ? "store_overloaded" : "store_unavailable";
}
