import { type Monitor, monitorKindSchema, monitorSchema } from "@leeway/core/records";
import { environmentSchema, nameSchema } from "@leeway/core/wire";
import { z } from "zod";
import { durationInput } from "../../http/duration-input.ts";
import { thresholdProblems, thresholdsInputSchema } from "./monitor-thresholds.ts";

/** monitorInputSchema is the body of `POST /v1/monitors` and `PUT /v1/monitors/{id}`: a monitor without what the server adds. */
export const monitorInputSchema = z
  .object({
    model: nameSchema,
    kind: monitorKindSchema,
    version: nameSchema.optional(),
    environment: environmentSchema.default("production"),
    window: durationInput,
    segment: monitorSchema.shape.segment,
    features: z.array(nameSchema).min(1).max(2_000).optional(),
    thresholds: thresholdsInputSchema.optional(),
    objective: z
      .object({
        threshold_ms: z.number().positive(),
        target: z.number().gt(0).lt(1),
        period: durationInput,
      })
      .optional(),
    minimum_count: z.number().int().min(1).default(30),
    channels: z.array(z.string()).max(100).optional(),
    enabled: z.boolean().default(true),
  })
  .superRefine(({ kind, thresholds, objective }, context) => {
    if (kind === "latency_slo" && objective === undefined) {
      const message = "a latency_slo monitor needs an objective: { threshold_ms, target, period }";
      context.addIssue({ code: "custom", path: ["objective"], message });
    }
    for (const { path, message } of thresholdProblems(kind, thresholds)) {
      context.addIssue({ code: "custom", path: ["thresholds", ...path], message });
    }
  });

/** monitorOf returns the monitor as stored. */
export function monitorOf(
  input: z.output<typeof monitorInputSchema>,
  id: string,
  createdAt: number,
): Monitor {
  return monitorSchema.parse({ ...input, id, automatic: false, created_at: createdAt });
}
