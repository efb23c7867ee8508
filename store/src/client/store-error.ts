import { ClickHouseError } from "@clickhouse/client";
import { type ErrorCode, findLeewayError, LeewayError } from "@leeway/core/errors";

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
const DISK_PROBLEMS = new Set(["ENOSPC", "EROFS", "EIO"]);

/** toStoreError returns the LeewayError for whatever a query threw: retryable where ClickHouse is away or overloaded, `internal` where the query itself is wrong. */
export function toStoreError(error: unknown, doing: string): LeewayError {
  const known = findLeewayError(error);
  if (known !== undefined) return known;
  const code = codeOf(error);
  return new LeewayError(code, `${doing}: ${error instanceof Error ? error.message : String(error)}`, {
    cause: error,
    ...(code === "internal" ? {} : { retryAfterSeconds: 2 }),
  });
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof ClickHouseError) {
    if (OVERLOADED.has(error.code)) return "store_overloaded";
    return UNAVAILABLE.has(error.code) ? "store_unavailable" : "internal";
  }
  // Everything that is not ClickHouse's own answer came from the way there: refused, reset, timed out, DNS.
  const systemCode = error instanceof Error && "code" in error ? String(error.code) : "";
  return DISK_PROBLEMS.has(systemCode) ? "store_overloaded" : "store_unavailable";
}
