import { putSchema } from "@leeway/core/input";
import { versionSettingsSchema } from "@leeway/core/records";
import { lineSchema, paragraphsSchema } from "@leeway/core/wire";
import { z } from "zod";

/** VERSION_FIELDS are what a person says of a model version. */
export const VERSION_FIELDS = {
  ...versionSettingsSchema.shape,
  framework: lineSchema(128).optional(),
  quantization: lineSchema(64).optional(),
  git_sha: lineSchema(64).optional(),
  description: paragraphsSchema(4_096).optional(),
};

/** versionInputSchema is a version's settings as a whole. */
export const versionInputSchema = z.strictObject(VERSION_FIELDS);

/** putVersionSchema is the body of `PUT /v1/models/{model}/versions/{version}`. */
export const putVersionSchema = putSchema(VERSION_FIELDS, ["model", "version", "created_at"]);
