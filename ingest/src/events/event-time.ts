import { FUTURE_LIMIT_MS, parseTimestamp } from "@leeway/core/wire";

/** eventTime returns the epoch milliseconds of an event's timestamp, or what is wrong with it. */
export function eventTime(value: string | number, now: number): number | string {
  const time = parseTimestamp(value);
  if (time === undefined) {
    return "timestamp: expected RFC 3339 or epoch milliseconds, years 2000 to 2200";
  }
  if (time > now + FUTURE_LIMIT_MS) return "timestamp: more than two days ahead of the server's clock";
  return time;
}
