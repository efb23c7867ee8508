import { z } from "zod";
import { BUCKET_LIMIT, TAG_LIMIT } from "./event-limits.ts";
import { optionalField, optionalMembers } from "./optional-members.ts";
import { nameSchema, timestampSchema } from "./scalars.ts";
import { lineSchema } from "./texts.ts";

const count = z.number().int().min(0);

/** telemetrySampleSchema is one sample of `POST /v1/telemetry`. An optional member that is `null` is absent. */
export const telemetrySampleSchema = z.object({
  timestamp: timestampSchema,
  model: optionalField(nameSchema),
  version: optionalField(nameSchema),
  replica: nameSchema,
  metric: nameSchema,
  kind: z.enum(["gauge", "counter", "histogram"]),
  value: optionalField(z.number()),
  buckets: optionalField(
    z.array(z.object({ le: z.union([z.number(), z.literal("+Inf")]), count })).max(BUCKET_LIMIT),
  ),
  sum: optionalField(z.number()),
  count: optionalField(count),
  unit: lineSchema(32),
  attributes: optionalMembers(lineSchema(256), TAG_LIMIT),
});

export type TelemetrySample = z.output<typeof telemetrySampleSchema>;
