import { modelParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadModelFacts } from "./load-model-facts.ts";
import { modelOverviewSchema, modelOverviews } from "./model-overview.ts";

/** getModel is `GET /v1/models/{model}`. */
export function getModel({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model",
    tag: "models",
    summary: "One model",
    scope: "read",
    params: modelParams,
    answer: modelOverviewSchema,
    async handle({ params, principal }) {
      const scope = { now: now(), model: params.model };
      const overviews = modelOverviews(await loadModelFacts(store, principal.project, scope));
      return found(
        overviews.find(({ model }) => model === params.model),
        `model ${params.model}`,
      );
    },
  });
}
