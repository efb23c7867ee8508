import { driftWindowSchema } from "@leeway/core/evaluation";
import { segmentKey } from "@leeway/core/segment";
import { z } from "zod";
import { modelParams } from "../../http/base-schemas.ts";
import { nextCursor } from "../../http/page.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadVerdictPage, pagedQuery } from "./load-verdict-page.ts";
import { parseSegment } from "./parse-segment.ts";
import { scopeOf, scopeSchema, verdictSchema } from "./verdict-window.ts";

// A window that could not be judged has a verdict and a reason, but not all of the numbers.
const always = verdictSchema.extend({ reference_id: z.string() });
const windowSchema = driftWindowSchema.partial().extend(verdictSchema.shape);

/** getDrift is `GET /v1/models/{model}/drift`. */
export function getDrift({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/drift",
    tag: "reads",
    summary: "Drift of inputs and outputs per window, each with its reason; the newest first page by page",
    scope: "read",
    params: modelParams,
    query: pagedQuery,
    answer: scopeSchema.extend({
      reference_id: z.string().nullable(),
      window_ms: z.number().nullable(),
      windows: z.array(windowSchema),
      next_cursor: nextCursor,
    }),
    async handle({ params, query, principal }) {
      const page = await loadVerdictPage(store, principal.project, {
        ...{ kind: "drift", model: params.model, query, windowSchema, always },
        segment: segmentKey(parseSegment(query.segment)),
      });
      const { windows, next_cursor } = page;
      return {
        ...scopeOf(page.range),
        reference_id:
          windows.findLast(({ reference_id }) => reference_id !== undefined)?.reference_id ?? null,
        window_ms: page.windowMs,
        windows,
        next_cursor,
      };
    },
  });
}
