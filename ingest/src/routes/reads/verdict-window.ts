import { type Evaluation, outcomeSchema } from "@leeway/core/evaluation";
import { causeSchema } from "@leeway/core/records";
import { environmentSchema } from "@leeway/core/wire";
import { z } from "zod";
import type { ReadRange } from "./resolve-range.ts";

/** scopeSchema heads every read over time: what it is of. */
export const scopeSchema = z.object({
  model: z.string(),
  version: z.string(),
  environment: environmentSchema,
  from: z.number(),
  to: z.number(),
});

/** verdictSchema is what every window of a read carries, whatever its kind; the rest of it is the kind's own. */
export const verdictSchema = z.object({
  start: z.number(),
  end: z.number(),
  outcome: outcomeSchema,
  cause: causeSchema.optional(),
  reason: z.string(),
  revision: z.number().int(),
  monitor_id: z.string(),
});

/** verdictWindow returns a verdict as a window of an answer: the detail it was stored with, and the verdict itself. */
export function verdictWindow(
  evaluation: Evaluation,
): z.infer<typeof verdictSchema> & Record<string, unknown> {
  const { window_start, window_end, outcome, cause, reason, revision, monitor_id, detail } = evaluation;
  return {
    ...detail,
    start: window_start,
    end: window_end,
    outcome,
    ...(cause === undefined ? {} : { cause }),
    reason,
    revision,
    monitor_id,
  };
}

/** scopeOf returns the head of an answer. */
export function scopeOf({ model, version, environment, from, to }: ReadRange): z.infer<typeof scopeSchema> {
  return { model, version, environment, from, to };
}
