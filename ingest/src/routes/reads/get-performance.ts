import { performanceWindowSchema } from "@leeway/core/evaluation";
import { segmentKey } from "@leeway/core/segment";
import { z } from "zod";
import { modelParams, rangeQuery } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadVerdicts } from "./load-verdicts.ts";
import { measureSegment } from "./measure-segment.ts";
import { parseSegment } from "./parse-segment.ts";
import { scopeOf, scopeSchema, verdictSchema, verdictWindow } from "./verdict-window.ts";

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
    query: rangeQuery,
    answer: scopeSchema.extend({ window_ms: z.number().nullable(), windows: z.array(windowSchema) }),
    async handle({ params, query, principal: { project } }) {
      const segment = parseSegment(query.segment);
      const key = segmentKey(segment);
      const judged = await loadVerdicts(store, project, "performance", params.model, {
        ...query,
        segment: key,
      });
      if (key === "" || judged.evaluations.length > 0) {
        return {
          ...scopeOf(judged.range),
          window_ms: judged.windowMs,
          windows: judged.evaluations.map((one) => windowSchema.parse(verdictWindow(one))),
        };
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
      };
    },
  });
}
