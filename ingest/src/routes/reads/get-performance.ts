import { performanceWindowSchema } from "@leeway/core/evaluation";
import { z } from "zod";
import { modelParams, rangeQuery } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadVerdicts } from "./load-verdicts.ts";
import { scopeOf, scopeSchema, verdictSchema, verdictWindow } from "./verdict-window.ts";

const windowSchema = performanceWindowSchema.partial().extend(verdictSchema.shape);

/** getPerformance is `GET /v1/models/{model}/performance`. */
export function getPerformance({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/performance",
    tag: "reads",
    summary:
      "Performance per window over the labels that have come, with intervals; estimated where they have not",
    scope: "read",
    params: modelParams,
    query: rangeQuery,
    answer: scopeSchema.extend({ window_ms: z.number().nullable(), windows: z.array(windowSchema) }),
    async handle({ params, query, principal }) {
      const verdicts = await loadVerdicts(store, principal.project, "performance", params.model, query);
      return {
        ...scopeOf(verdicts.range),
        window_ms: verdicts.windowMs,
        windows: verdicts.evaluations.map((one) => windowSchema.parse(verdictWindow(one))),
      };
    },
  });
}
