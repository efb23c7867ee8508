import { z } from "zod";
import { identifierSchema, nameSchema, timestampSchema } from "./scalars.ts";

/** A feature value as it was when the model saw it. */
export const featureValueSchema = z.union([z.number(), z.string().max(8_192), z.boolean(), z.null()]);

/** A label as it comes over the wire: a class name, a number or a boolean; kept as text. */
export const classSchema = z.union([z.string().min(1).max(256), z.number(), z.boolean()]);

/** environmentSchema names where the prediction was made. */
export const environmentSchema = z.enum(["production", "staging", "shadow"]);

/** predictionSchema is one prediction of `POST /v1/predictions`. */
export const predictionSchema = z.object({
  id: identifierSchema,
  timestamp: timestampSchema,
  model: nameSchema,
  version: nameSchema,
  environment: environmentSchema.default("production"),
  features: z.record(nameSchema, featureValueSchema),
  prediction: z.object({
    label: classSchema.optional(),
    score: z.number().min(0).max(1).optional(),
    scores: z.record(nameSchema, z.number().min(0).max(1)).optional(),
    value: z.number().optional(),
  }),
  latency_ms: z.number().min(0).optional(),
  error: z.string().max(2_048).optional(),
  /** How many real predictions this one stands for (1 / sample rate). */
  weight: z.number().min(1).max(1e6).optional(),
  tags: z.record(nameSchema, z.string().max(256)).optional(),
  embeddings: z.record(nameSchema, z.array(z.number()).max(4_096)).optional(),
});

export type PredictionInput = z.input<typeof predictionSchema>;
export type Prediction = z.output<typeof predictionSchema>;
