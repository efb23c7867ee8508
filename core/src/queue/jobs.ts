import { z } from "zod";
import { monitorPreviewSchema, outcomeSchema } from "../evaluation/index.ts";
import { causeSchema, monitorKindSchema, monitorSchema } from "../records/index.ts";

/** The queues between ingest (producer) and analyzer (worker). A job carries names only: what it works on is read from the store. */
export const QUEUE_NAMES = {
  tick: "leeway-tick",
  evaluate: "leeway-evaluate",
  deliver: "leeway-deliver",
  preview: "leeway-preview",
} as const;

/** evaluateJobSchema asks for the windows of one model: those the schedule says are due, or, with `range`, exactly these (back-fill, CI). */
export const evaluateJobSchema = z.object({
  project: z.string(),
  model: z.string(),
  /** Only the latency objectives; absent: everything. */
  part: z.literal("serving").optional(),
  /** Why the schedule wants it; absent where somebody asked for it. Where the cause is gone by the time the job's turn comes, nothing is done. */
  cause: z.string().optional(),
  /** How urgent it is, 1 the most; absent: before all others. */
  priority: z.number().int().positive().optional(),
  range: z
    .object({
      version: z.string().optional(),
      from: z.number(),
      to: z.number(),
      /** Window length in ms; absent: each monitor's own. */
      window: z.number().optional(),
      /** Open incidents and tell people. */
      raise: z.boolean(),
    })
    .optional(),
});

/** rangeAlarmSchema is one alarm of a range: what would open an incident, with its cause, features and reason as they are in its last failing window. */
const rangeAlarmSchema = z.object({
  /** Event time, epoch ms: start of the first failing window that led to it, and end of the last failing one so far. */
  start: z.number(),
  end: z.number(),
  /** End of the window that raised it: the first moment at which it could be known. */
  raised_at: z.number(),
  cause: causeSchema,
  features: z.array(z.string()),
  reason: z.string(),
});

/** evaluateResultSchema is what an `evaluate` job with a range returns: the answer of `POST /v1/evaluate`. */
export const evaluateResultSchema = z.object({
  windows: z.number().int(),
  /** `not_judged` is no pass: no window, or windows that no monitor of inputs or performance could judge; `reason` says why. */
  verdict: z.enum(["pass", "alarm", "not_judged"]),
  reason: z.string(),
  /** Windows that a monitor of inputs or performance judged. */
  judged: z.number().int(),
  /** What each monitor could not judge, with the reason as of its last such window. */
  not_judged: z.array(
    z.object({
      monitor_id: z.string(),
      kind: monitorKindSchema,
      outcome: outcomeSchema,
      windows: z.number().int(),
      reason: z.string(),
    }),
  ),
  alarms: z.array(rangeAlarmSchema),
});

/** previewJobSchema asks how a monitor that is not saved yet would have judged one version over `[from, to)` of event time. */
export const previewJobSchema = z.object({
  project: z.string(),
  monitor: monitorSchema,
  version: z.string(),
  from: z.number(),
  to: z.number(),
  /** Real time after which nobody waits for the answer. */
  deadline: z.number(),
});

/** previewResultSchema is what a preview job returns. */
export const previewResultSchema = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("previewed"), preview: monitorPreviewSchema }),
  z.object({ outcome: z.literal("no_reference"), reason: z.string() }),
  z.object({ outcome: z.literal("too_long"), reason: z.string() }),
]);

/**
 * deliverJobSchema asks that one outbox notification be sent; the job id is the notification's id. It waits for its turn among those of its channel; without a channel it is
 * sent at once.
 */
export const deliverJobSchema = z.object({
  project: z.string(),
  notification_id: z.string(),
  channel_id: z.string().optional(),
});

export type EvaluateJob = z.infer<typeof evaluateJobSchema>;
export type EvaluateResult = z.infer<typeof evaluateResultSchema>;
export type PreviewJob = z.infer<typeof previewJobSchema>;
export type PreviewResult = z.infer<typeof previewResultSchema>;
export type DeliverJob = z.infer<typeof deliverJobSchema>;
