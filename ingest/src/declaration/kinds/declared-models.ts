import { declareDuration } from "@leeway/core/duration";
import { type Model, modelSchema } from "@leeway/core/records";
import type { z } from "zod";
import type { modelInputSchema } from "../../routes/models/model-input.ts";
import type { DeclaredKind } from "../declared-kind.ts";

/** declaredModels are the settings of models. A model is never pruned: it has data. */
export const declaredModels: DeclaredKind<z.output<typeof modelInputSchema>, Model> = {
  record: "model",
  wanted: (model, settings, stored, { now }) => ({
    outcome: "wanted",
    record: modelSchema.parse({
      ...settings,
      model,
      configured: true,
      created_at: stored?.created_at ?? now,
    }),
  }),
  declare: ({ model: _model, configured: _configured, created_at: _created, ...settings }) => ({
    ...settings,
    ...(settings.label_delay === undefined ? {} : { label_delay: declareDuration(settings.label_delay) }),
    ...(settings.window === undefined ? {} : { window: declareDuration(settings.window) }),
  }),
  isDeclarable: ({ configured }) => configured,
  secretsOf: () => [],
};
