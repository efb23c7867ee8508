import { putInput } from "@leeway/core/input";
import { modelSchema } from "@leeway/core/records";
import { actorOf } from "../../auth/principal.ts";
import { modelParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { MODEL_FIELDS, modelInputSchema, putModelSchema } from "./model-input.ts";

/** putModel is `PUT /v1/models/{model}`. */
export function putModel({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "PUT",
    path: "/v1/models/:model",
    tag: "models",
    summary:
      "Configure a model (one first seen in a prediction exists already); what is not named stays as it was, null takes a field away",
    scope: "admin",
    params: modelParams,
    body: { schema: putModelSchema, reads: "json" },
    answer: modelSchema,
    async handle({ params, body, principal }) {
      const existing = await store.records.model.get(principal.project, params.model);
      const settings = putInput(modelInputSchema, Object.keys(MODEL_FIELDS), existing, body);
      const model = modelSchema.parse({
        ...settings,
        model: params.model,
        configured: true,
        created_at: existing?.created_at ?? now(),
      });
      await store.records.model.put(principal.project, params.model, model, actorOf(principal));
      return model;
    },
  });
}
