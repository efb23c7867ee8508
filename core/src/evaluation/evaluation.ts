import { z } from "zod";
import { causeSchema, monitorKindSchema } from "../records/index.ts";
import { environmentSchema } from "../wire/index.ts";

/**
 * outcomeSchema is the closed set of what an evaluation can say. Only `ok` is healthy: a window that could not be judged is never OK.
 * `drifting` is a statistically failing window that the alarm rule has not (yet) turned into an alarm.
 */
export const outcomeSchema = z.enum([
  "ok",
  "drifting",
  "alarm",
  "insufficient_data",
  "not_defined",
  "immature",
  "no_data",
  "error",
]);

/** evaluationSchema is one monitor × version × window × segment with its reason; a later revision replaces it, none is deleted. */
export const evaluationSchema = z.object({
  model: z.string(),
  version: z.string(),
  environment: environmentSchema,
  monitor_id: z.string(),
  kind: monitorKindSchema,
  /** Canonical segment key (`region=eu,tier=gold`), empty for all traffic. */
  segment: z.string(),
  window_start: z.number(),
  window_end: z.number(),
  /** 1 for the first verdict of this window; counts up when late rows or labels changed it. */
  revision: z.number().int().min(1),
  outcome: outcomeSchema,
  cause: causeSchema.optional(),
  /** One sentence with its numbers, also when all is well. */
  reason: z.string(),
  /** The wire shape of this window in `GET …/drift`, `…/performance`, `…/slo`: all that is needed to draw and to replay the verdict. */
  detail: z.record(z.string(), z.unknown()),
  /** State carried to the next window (change charts, consecutive counts), so that a verdict replays exactly. */
  state: z.record(z.string(), z.unknown()),
  evaluated_at: z.number(),
});

export type Outcome = z.infer<typeof outcomeSchema>;
export type Evaluation = z.infer<typeof evaluationSchema>;
