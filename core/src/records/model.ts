import { z } from "zod";
import { className } from "../spelling/index.ts";
import { durationSchema, nameSchema } from "../wire/index.ts";

/** taskSchema says what a model predicts, and so which metrics it has. */
export const taskSchema = z.enum(["binary", "multiclass", "regression", "llm"]);

/** modelSettingsSchema is the body of `PUT /v1/models/{model}`. */
export const modelSettingsSchema = z.object({
  task: taskSchema,
  /** The class that `score` is the probability of (binary), in any spelling. Default: `true`/`1` among the classes seen. */
  positive_class: z
    .string()
    .max(256)
    .overwrite((text) => className(text) ?? text)
    .optional(),
  /** How long after its prediction a label usually comes; where absent it is learned. */
  label_delay: durationSchema.optional(),
  /** Window of the automatic monitors; where absent it is chosen so that a window holds about 500 predictions. */
  window: durationSchema.optional(),
  /** At most this many false alarms per 30 days over all monitors of the model. */
  false_alarms_per_month: z.number().positive().max(1_000).optional(),
  latency_objective: z
    .object({
      threshold_ms: z.number().positive(),
      /** Share of requests that must be good, in (0, 1). */
      target: z.number().gt(0).lt(1),
    })
    .optional(),
  description: z.string().max(4_096).optional(),
  /** Who owns the model: people, or a team's channel. */
  owner: z.string().max(256).optional(),
  /** The models that take this model's output as an input: their incidents may follow from its own. */
  feeds: z.array(nameSchema).max(200).optional(),
});

/** modelSchema is a model as stored; `configured` is false where it was created by its first prediction. */
export const modelSchema = modelSettingsSchema.extend({
  model: nameSchema,
  configured: z.boolean(),
  label_delay: z.number().optional(),
  window: z.number().optional(),
  created_at: z.number(),
});

export type Task = z.infer<typeof taskSchema>;
export type ModelSettings = z.output<typeof modelSettingsSchema>;
export type Model = z.infer<typeof modelSchema>;

/** versionSettingsSchema is the body of `PUT /v1/models/{model}/versions/{version}`. */
export const versionSettingsSchema = z.object({
  stage: z.enum(["production", "staging", "shadow", "archived"]).optional(),
  framework: z.string().max(128).optional(),
  quantization: z.string().max(64).optional(),
  git_sha: z.string().max(64).optional(),
  registry_url: z.url().max(2_048).optional(),
  gpu_hour_cost: z.number().min(0).optional(),
  description: z.string().max(4_096).optional(),
});

/** versionSchema is a model version as stored. */
export const versionSchema = versionSettingsSchema.extend({
  model: nameSchema,
  version: nameSchema,
  created_at: z.number(),
});

export type VersionSettings = z.output<typeof versionSettingsSchema>;
export type Version = z.infer<typeof versionSchema>;
