import { putSchema } from "@leeway/core/input";
import { modelSettingsSchema } from "@leeway/core/records";
import { className } from "@leeway/core/spelling";
import { durationInput, lineSchema, paragraphsSchema } from "@leeway/core/wire";
import { z } from "zod";

/** MODEL_FIELDS are what a person says of a model. */
export const MODEL_FIELDS = {
  ...modelSettingsSchema.shape,
  positive_class: lineSchema(256)
    .overwrite((text) => className(text) ?? text)
    .optional(),
  label_delay: durationInput.optional(),
  window: durationInput.optional(),
  latency_objective: z.strictObject(modelSettingsSchema.shape.latency_objective.unwrap().shape).optional(),
  description: paragraphsSchema(4_096).optional(),
  owner: lineSchema(256).min(1).optional(),
};

/** modelInputSchema is a model's settings as a whole. */
export const modelInputSchema = z.strictObject(MODEL_FIELDS);

/** putModelSchema is the body of `PUT /v1/models/{model}`. */
export const putModelSchema = putSchema(MODEL_FIELDS, ["model", "configured", "created_at"]);
