import { z } from "zod";
import { TAG_LIMIT } from "./event-limits.ts";
import { membersSchema } from "./members.ts";
import { nameSchema, timestampSchema } from "./scalars.ts";

/** telemetrySampleSchema is one sample of `POST /v1/telemetry`. */
export const telemetrySampleSchema = z.object({
  timestamp: timestampSchema,
  model: nameSchema.optional(),
  version: nameSchema.optional(),
  replica: nameSchema,
  metric: nameSchema,
  kind: z.enum(["gauge", "counter", "histogram"]),
  value: z.number().optional(),
  buckets: z
    .array(z.object({ le: z.union([z.number(), z.literal("+Inf")]), count: z.number().int().min(0) }))
    .max(512)
    .optional(),
  sum: z.number().optional(),
  count: z.number().int().min(0).optional(),
  unit: z.string().max(32),
  attributes: membersSchema(z.string().max(256), TAG_LIMIT).optional(),
});

export type TelemetrySample = z.output<typeof telemetrySampleSchema>;
