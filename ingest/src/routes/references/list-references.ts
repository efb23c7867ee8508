import { requireModel } from "@leeway/store";
import { z } from "zod";
import { modelParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { referenceSummarySchema, summaryOf } from "./version-reference.ts";

/** listReferences is `GET /v1/models/{model}/references`. */
export function listReferences({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/references",
    tag: "models",
    summary: "References of a model, newest first",
    scope: "read",
    params: modelParams,
    answer: z.object({ references: z.array(referenceSummarySchema) }),
    async handle({ params, principal }) {
      await requireModel(store, principal.project, params.model);
      const references = (await store.records.reference.list(principal.project))
        .filter(({ model }) => model === params.model)
        .sort((a, b) => b.created_at - a.created_at)
        .map(summaryOf);
      return { references };
    },
  });
}
