import { z } from "zod";
import {
  CLASS_LIMIT,
  EMBEDDING_LENGTH_LIMIT,
  EMBEDDING_LIMIT,
  FEATURE_LIMIT,
  FEATURE_TEXT_LIMIT,
  TAG_LIMIT,
} from "./event-limits.ts";
import { membersSchema } from "./members.ts";
import { identifierSchema, nameSchema, timestampSchema } from "./scalars.ts";

/** A feature value as it was when the model saw it. */
export const featureValueSchema = z.union([
  z.number(),
  z.string().max(FEATURE_TEXT_LIMIT),
  z.boolean(),
  z.null(),
]);

/** A label as it comes over the wire: a class name, a number or a boolean; kept as text, in the one spelling that `core/spelling` gives it. */
export const classSchema = z.union([z.string().max(256), z.number(), z.boolean()]);

/** environmentSchema names where the prediction was made. */
export const environmentSchema = z.enum(["production", "staging", "shadow"]);

/** predictionSchema is one prediction of `POST /v1/predictions`. */
export const predictionSchema = z.object({
  id: identifierSchema,
  timestamp: timestampSchema,
  model: nameSchema,
  version: nameSchema,
  environment: environmentSchema.default("production"),
  features: membersSchema(featureValueSchema, FEATURE_LIMIT),
  prediction: z.object({
    label: classSchema.optional(),
    score: z.number().min(0).max(1).optional(),
    scores: membersSchema(z.number().min(0).max(1), CLASS_LIMIT).optional(),
    value: z.number().optional(),
  }),
  latency_ms: z.number().min(0).optional(),
  error: z.string().max(2_048).optional(),
  /** How many real predictions this one stands for (1 / sample rate). */
  weight: z.number().min(1).max(1e6).optional(),
  tags: membersSchema(z.string().max(256), TAG_LIMIT).optional(),
  embeddings: membersSchema(z.array(z.number()).max(EMBEDDING_LENGTH_LIMIT), EMBEDDING_LIMIT).optional(),
});

export type PredictionInput = z.input<typeof predictionSchema>;
export type Prediction = z.output<typeof predictionSchema>;
