import { performanceWindowSchema } from "@leeway/core/evaluation";
import { segmentKey } from "@leeway/core/segment";
import { z } from "zod";
import { modelParams } from "../../http/base-schemas.ts";
import { nextCursor } from "../../http/page.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadVerdictPage, pagedQuery } from "./load-verdict-page.ts";
import { loadVerdicts } from "./load-verdicts.ts";
import { measureSegment } from "./measure-segment.ts";
import { parseSegment } from "./parse-segment.ts";
import { scopeOf, scopeSchema, verdictSchema } from "./verdict-window.ts";

// A segment that no monitor watches is measured, not judged.
const windowSchema = performanceWindowSchema
  .partial()
  .extend({ ...verdictSchema.shape, monitor_id: z.string().nullable() });

const DAY_MS = 86_400_000;

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
    query: pagedQuery,
    answer: scopeSchema.extend({
      window_ms: z.number().nullable(),
      windows: z.array(windowSchema),
      next_cursor: nextCursor,
    }),
    async handle({ params, query, principal: { project } }) {
      const segment = parseSegment(query.segment);
      const key = segmentKey(segment);
      const judged = await loadVerdictPage(store, project, {
        ...{
          kind: "performance",
          model: params.model,
          query,
          segment: key,
          windowSchema,
          always: verdictSchema,
        },
      });
      if (key === "" || judged.windowMs !== null) {
        const { range, windowMs, windows, next_cursor } = judged;
        return { ...scopeOf(range), window_ms: windowMs, windows, next_cursor };
      }
      const whole = await loadVerdicts(store, project, "performance", params.model, {
        ...query,
        segment: "",
      });
      const windowMs = query.window ?? whole.windowMs ?? DAY_MS;
      const windows = await measureSegment(store, project, judged.range, segment, { ...whole, windowMs });
      return {
        ...scopeOf(judged.range),
        window_ms: windowMs,
        windows: windows.map((window) => windowSchema.parse({ ...window, monitor_id: null })),
        next_cursor: null,
      };
    },
  });
}
