import { z } from "zod";
import { metricValueSchema } from "./performance-window.ts";

/** breakdownGroupSchema is the predictions that have one value of a tag or feature: what they were, and how they did. */
export const breakdownGroupSchema = z.object({
  /** What to ask other reads for to get this group alone; null for the rest. */
  segment: z.string().nullable(),
  /** Null where predictions have no tag or feature of that name, and for the rest. */
  value: z.string().nullable(),
  group: z.enum(["value", "missing", "rest"]),
  requests: z.number(),
  /** Of all requests, 0..1. */
  share: z.number(),
  labelled: z.number(),
  label_coverage: z.number(),
  /** Requests that ended in an error. */
  failure_rate: metricValueSchema,
  /** Mean score or predicted value of its predictions, labels or not; null where outputs are classes only. */
  output_mean: metricValueSchema,
  /** Every metric of the model's task, `error_rate` of classifiers among them; `reference` is the same group's in the reference. */
  metrics: z.record(z.string(), metricValueSchema),
});

export type BreakdownGroup = z.infer<typeof breakdownGroupSchema>;
