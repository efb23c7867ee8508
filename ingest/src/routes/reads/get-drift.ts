import { driftWindowSchema } from "@leeway/core/evaluation";
import { segmentKey } from "@leeway/core/segment";
import { z } from "zod";
import { modelParams, rangeQuery } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadVerdicts } from "./load-verdicts.ts";
import { parseSegment } from "./parse-segment.ts";
import { scopeOf, scopeSchema, verdictSchema, verdictWindow } from "./verdict-window.ts";

// A window that could not be judged has a verdict and a reason, but not all of the numbers.
const windowSchema = driftWindowSchema.partial().extend(verdictSchema.shape);

/** getDrift is `GET /v1/models/{model}/drift`. */
export function getDrift({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/drift",
    tag: "reads",
    summary: "Drift of inputs and outputs per window, each with its reason",
    scope: "read",
    params: modelParams,
    query: rangeQuery,
    answer: scopeSchema.extend({
      reference_id: z.string().nullable(),
      window_ms: z.number().nullable(),
      windows: z.array(windowSchema),
    }),
    async handle({ params, query, principal }) {
      const verdicts = await loadVerdicts(store, principal.project, "drift", params.model, {
        ...query,
        segment: segmentKey(parseSegment(query.segment)),
      });
      const windows = verdicts.evaluations.map((one) => windowSchema.parse(verdictWindow(one)));
      return {
        ...scopeOf(verdicts.range),
        reference_id:
          windows.findLast(({ reference_id }) => reference_id !== undefined)?.reference_id ?? null,
        window_ms: verdicts.windowMs,
        windows,
      };
    },
  });
}
