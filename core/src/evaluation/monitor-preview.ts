import { z } from "zod";
import { causeSchema } from "../records/index.ts";
import { outcomeSchema } from "./evaluation.ts";

/** notEvaluatedSchema is what a previewed monitor would watch and past windows could not be judged by: how many of them, and why the newest could not. */
export const notEvaluatedSchema = z.object({
  /** `window`: all of it. */
  kind: z.enum(["window", "feature", "output", "joint", "text", "embedding"]),
  /** Absent of whole windows and of joint drift. */
  feature: z.string().optional(),
  /** Of the newest such window. */
  outcome: outcomeSchema,
  windows: z.number().int(),
  reason: z.string(),
});

/** monitorPreviewSchema is the answer of `POST /v1/monitors/preview`: how a monitor would have behaved on stored history. */
export const monitorPreviewSchema = z.object({
  /** What inputs are compared with; absent of monitors that need none. */
  reference_id: z.string().optional(),
  windows: z.array(z.object({ start: z.number(), end: z.number(), outcome: outcomeSchema })),
  /** Windows that could be judged. */
  judged: z.number(),
  /** Windows in a row are one. */
  alarms: z.array(
    z.object({
      start: z.number(),
      end: z.number(),
      windows: z.number(),
      cause: causeSchema.optional(),
      features: z.array(z.string()),
      reason: z.string(),
    }),
  ),
  alarms_per_month: z.number(),
  longest_alarm_ms: z.number(),
  /** False alarms the monitor allows itself in 30 days; 0 where fixed thresholds or an error budget decide, which promise nothing of the kind. */
  budget_per_month: z.number(),
  not_evaluated: z.array(notEvaluatedSchema),
  /** How many of its alarms fall into incidents of this version that people marked useful, not useful or expected. */
  on_marked: z.object({
    yes: z.number().int(),
    no: z.number().int(),
    expected: z.number().int(),
  }),
  /** One sentence with its numbers. */
  summary: z.string(),
});

export type NotEvaluated = z.infer<typeof notEvaluatedSchema>;
export type MonitorPreview = z.infer<typeof monitorPreviewSchema>;
