import { sloWindowSchema } from "@leeway/core/evaluation";
import { segmentKey } from "@leeway/core/segment";
import { z } from "zod";
import { modelParams } from "../../http/base-schemas.ts";
import { nextCursor } from "../../http/page.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadVerdictPage, pagedQuery } from "./load-verdict-page.ts";
import { parseSegment } from "./parse-segment.ts";
import { scopeOf, scopeSchema, verdictSchema } from "./verdict-window.ts";

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
    query: pagedQuery,
    answer: scopeSchema.extend({ windows: z.array(windowSchema), next_cursor: nextCursor }),
    async handle({ params, query, principal }) {
      const { range, windows, next_cursor } = await loadVerdictPage(store, principal.project, {
        ...{ kind: "latency_slo", model: params.model, query, windowSchema, always: verdictSchema },
        segment: segmentKey(parseSegment(query.segment)),
      });
      return { ...scopeOf(range), windows, next_cursor };
    },
  });
}
