import { sloWindowSchema } from "@leeway/core/evaluation";
import { z } from "zod";
import { modelParams, rangeQuery } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadVerdicts } from "./load-verdicts.ts";
import { scopeOf, scopeSchema, verdictSchema, verdictWindow } from "./verdict-window.ts";

const windowSchema = sloWindowSchema.partial().extend(verdictSchema.shape);

/** getSlo is `GET /v1/models/{model}/slo`. */
export function getSlo({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/slo",
    tag: "reads",
    summary: "Error budget left and burn rates over time; the last window is how it stands now",
    scope: "read",
    params: modelParams,
    query: rangeQuery,
    answer: scopeSchema.extend({ windows: z.array(windowSchema) }),
    async handle({ params, query, principal }) {
      const verdicts = await loadVerdicts(store, principal.project, "latency_slo", params.model, query);
      const windows = verdicts.evaluations.map((one) => windowSchema.parse(verdictWindow(one)));
      return { ...scopeOf(verdicts.range), windows };
    },
  });
}
