import { referenceSchema } from "@leeway/core/records";
import { z } from "zod";
import { modelParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const summarySchema = referenceSchema.omit({ features: true, prediction: true }).extend({
  features: z.number().int(),
});

/** listReferences is `GET /v1/models/{model}/references`. */
export function listReferences({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/references",
    tag: "models",
    summary: "References of a model, newest first",
    scope: "read",
    params: modelParams,
    answer: z.object({ references: z.array(summarySchema) }),
    async handle({ params, principal }) {
      const references = (await store.records.reference.list(principal.project))
        .filter(({ model }) => model === params.model)
        .sort((a, b) => b.created_at - a.created_at)
        .map(({ features, prediction: _prediction, ...rest }) => ({ ...rest, features: features.length }));
      return { references };
    },
  });
}
