import { z } from "zod";
import { optionalField } from "./optional-members.ts";
import { classSchema } from "./prediction.ts";
import { identifierSchema, nameSchema, timestampSchema } from "./scalars.ts";

/** labelSchema is one delayed ground truth of `POST /v1/labels`; `timestamp` is when the truth became known (event time). A member that is `null` is absent. */
export const labelSchema = z
  .object({
    prediction_id: identifierSchema,
    model: nameSchema,
    label: optionalField(classSchema),
    value: optionalField(z.number()),
    timestamp: timestampSchema,
  })
  .refine((label) => label.label !== undefined || label.value !== undefined, {
    message: "expected label or value",
    path: ["label"],
  });

export type LabelInput = z.input<typeof labelSchema>;
export type Label = z.output<typeof labelSchema>;
