import { modelSchema, modelSettingsSchema } from "@leeway/core/records";
import { actorOf } from "../../auth/principal.ts";
import { modelParams } from "../../http/base-schemas.ts";
import { durationInput } from "../../http/duration-input.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const body = modelSettingsSchema.extend({
  label_delay: durationInput.optional(),
  window: durationInput.optional(),
});

/** putModel is `PUT /v1/models/{model}`. */
export function putModel({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "PUT",
    path: "/v1/models/:model",
    tag: "models",
    summary: "Configure a model (one first seen in a prediction exists already)",
    scope: "admin",
    params: modelParams,
    body: { schema: body, reads: "json" },
    answer: modelSchema,
    async handle({ params, body, principal }) {
      const existing = await store.records.model.get(principal.project, params.model);
      const model = modelSchema.parse({
        ...body,
        model: params.model,
        configured: true,
        created_at: existing?.created_at ?? now(),
      });
      await store.records.model.put(principal.project, params.model, model, actorOf(principal));
      return model;
    },
  });
}
