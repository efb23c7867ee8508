import { parseDuration } from "@leeway/core/duration";
import { identifierSchema, nameSchema, parseTimestamp } from "@leeway/core/wire";
import { z } from "zod";

/** modelParams names a model in a path. */
export const modelParams = z.object({ model: nameSchema });

/** idParams names a record in a path. */
export const idParams = z.object({ id: identifierSchema });

/** queryTime is a time in a query: RFC 3339 text or epoch milliseconds. */
export const queryTime = z.string().transform((text, context) => {
  const time = parseTimestamp(/^\d+$/.test(text) ? Number(text) : text);
  if (time !== undefined) return time;
  context.addIssue({
    code: "custom",
    message: "expected RFC 3339 (2026-01-31T12:00:00Z) or epoch milliseconds",
  });
  return z.NEVER;
});

/** queryDuration is a duration in a query (`1h`, `28d`), as milliseconds. */
export const queryDuration = z.string().transform((text, context) => {
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  context.addIssue({ code: "custom", message: "expected a duration such as 90s, 15m, 1h or 28d" });
  return z.NEVER;
});

/** rangeQuery is the query of every read over time: absent ends mean the last 30 days, an absent version the one seen last. */
export const rangeQuery = z.object({
  version: nameSchema.optional(),
  environment: z.enum(["production", "staging", "shadow"]).optional(),
  from: queryTime.optional(),
  to: queryTime.optional(),
  window: queryDuration.optional(),
  segment: z.string().max(1_024).optional(),
});
