import { z } from "zod";

/** lossSchema is a metric that became worse: its value with its 95 % interval, beside the reference's. */
export const lossSchema = z.object({
  basis: z.enum(["estimated", "realised"]),
  metric: z.string(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  reference: z.number(),
});

/** harmSchema is what a failing window did, as far as that is known: what the severity of its incident is decided from. What is not known is absent. */
export const harmSchema = z.object({
  /** Where performance was measured or estimated: the metric that became worse beyond its interval, null where none did. */
  loss: lossSchema.nullable().optional(),
  /** Whether the model's output moved. */
  output: z.boolean().optional(),
  /** Urgency of the burn-rate rule that fires. */
  burn: z.enum(["page", "ticket"]).optional(),
  /** No request came at all. */
  isSilent: z.boolean().optional(),
});

export type Loss = z.infer<typeof lossSchema>;
export type Harm = z.infer<typeof harmSchema>;
