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
import { optionalField, optionalMembers } from "./optional-members.ts";
import { identifierSchema, nameSchema, timestampSchema } from "./scalars.ts";
import { anyTextSchema, lineSchema, paragraphsSchema } from "./texts.ts";

/** A feature value as it was when the model saw it. */
export const featureValueSchema = z.union([
  z.number(),
  anyTextSchema(FEATURE_TEXT_LIMIT),
  z.boolean(),
  z.null(),
]);

// Line breaks about a class are trimmed off it, as spaces are.
const classText = paragraphsSchema(256);

/** A label as it comes over the wire: a class name, a number or a boolean; kept as text, in the one spelling that `core/spelling` gives it. */
export const classSchema = z.union([classText, z.number(), z.boolean()]);

/** environmentSchema names where the prediction was made. */
export const environmentSchema = z.enum(["production", "staging", "shadow"]);

const share = z.number().min(0).max(1);

/** predictionSchema is one prediction of `POST /v1/predictions`. An optional member that is `null` is absent. */
export const predictionSchema = z.object({
  id: identifierSchema,
  timestamp: timestampSchema,
  model: nameSchema,
  version: nameSchema,
  environment: environmentSchema
    .nullable()
    .default("production")
    .transform((environment) => environment ?? "production"),
  features: membersSchema(featureValueSchema, FEATURE_LIMIT),
  prediction: z.object({
    label: optionalField(classSchema),
    score: optionalField(share),
    scores: optionalMembers(share, CLASS_LIMIT),
    value: optionalField(z.number()),
  }),
  latency_ms: optionalField(z.number().min(0)),
  error: optionalField(anyTextSchema(2_048)),
  /** How many real predictions this one stands for (1 / sample rate). */
  weight: optionalField(z.number().min(1).max(1e6)),
  tags: optionalMembers(lineSchema(256), TAG_LIMIT),
  embeddings: optionalMembers(z.array(z.number()).max(EMBEDDING_LENGTH_LIMIT), EMBEDDING_LIMIT),
});

export type PredictionInput = z.input<typeof predictionSchema>;
export type Prediction = z.output<typeof predictionSchema>;
