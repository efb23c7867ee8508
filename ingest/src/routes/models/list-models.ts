import { usefulShare, usefulShareSchema } from "@leeway/core/incidents";
import { lineSchema } from "@leeway/core/wire";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadModelFacts } from "./load-model-facts.ts";
import { modelOverviewSchema, modelOverviews } from "./model-overview.ts";

/** listModels is `GET /v1/models`. */
export function listModels({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models",
    tag: "models",
    summary: "Models with their health, versions, last data and open incidents",
    scope: "read",
    query: z.object({ owner: lineSchema(256).optional() }),
    answer: z.object({ models: z.array(modelOverviewSchema), useful_alarms: usefulShareSchema }),
    async handle({ query: { owner }, principal }) {
      const facts = await loadModelFacts(store, principal.project, { now: now() });
      const models = modelOverviews(facts).filter((model) => owner === undefined || model.owner === owner);
      return { models, useful_alarms: usefulShare(facts.incidents) };
    },
  });
}
