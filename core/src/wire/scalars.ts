import { z } from "zod";
import { DURATION_PATTERN, parseDuration } from "../duration/index.ts";
import { TEXT_PATTERNS } from "./text-patterns.ts";

/** EARLIEST_MS is the first moment that a time may name. */
export const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2200, 0, 1);

/** nameSchema accepts the name of a model, version, feature, tag …: 1–128 characters (UTF-16 units), no control characters, not `__proto__`. */
export const nameSchema = z
  .string()
  .min(1, "a name has 1 to 128 characters")
  .max(128, "a name has 1 to 128 characters")
  .regex(TEXT_PATTERNS.name.pattern, TEXT_PATTERNS.name.message);

/** identifierSchema accepts a caller's identifier (prediction id, batch id): 1–256 characters, no control characters. */
export const identifierSchema = z
  .string()
  .min(1)
  .max(256)
  .regex(TEXT_PATTERNS.name.pattern, TEXT_PATTERNS.name.message);

/** parseTimestamp returns epoch milliseconds for RFC 3339 text or epoch milliseconds between the years 2000 and 2200, else undefined. */
export function parseTimestamp(value: string | number): number | undefined {
  const time =
    typeof value === "number" ? Math.trunc(value) : isRfc3339(value) ? Date.parse(value) : Number.NaN;
  return time >= EARLIEST_MS && time < LATEST_MS ? time : undefined;
}
const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

// JavaScript takes 30 February for 2 March, and 24:00 for the next day.
function isRfc3339(text: string): boolean {
  if (!RFC_3339.test(text) || text.slice(11, 13) === "24") return false;
  const day = Number(text.slice(8, 10));
  if (day <= 28) return day > 0;
  const lastOfMonth = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate();
  return day <= lastOfMonth;
}

/** timestampSchema accepts RFC 3339 text or epoch milliseconds and yields epoch milliseconds (years 2000 to 2200). */
export const timestampSchema = z.union([z.string().max(64), z.number()]).transform((value, context) => {
  const time = parseTimestamp(value);
  if (time === undefined) {
    context.addIssue({
      code: "custom",
      message: "expected RFC 3339 (2026-01-31T12:00:00Z) or epoch milliseconds",
    });
    return z.NEVER;
  }
  return time;
});

/** durationSchema accepts a wire duration (`15m`, `28d`) and yields milliseconds. */
export const durationSchema = z
  .string()
  .regex(DURATION_PATTERN, "expected a duration such as 90s, 15m, 1h or 28d")
  .transform((text) => parseDuration(text) as number);
