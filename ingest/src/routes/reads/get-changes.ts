import { errorChangeSchema, errorChanges } from "@leeway/core/detectors";
import { performanceTask, withPositiveClass } from "@leeway/core/performance";
import { readModel } from "@leeway/store";
import { z } from "zod";
import { modelParams, rangeQuery } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { parseSegment } from "./parse-segment.ts";
import { loadReadRange } from "./resolve-range.ts";
import { scopeOf, scopeSchema } from "./verdict-window.ts";

const MOST_ROWS = 50_000;

/** getChanges is `GET /v1/models/{model}/changes`: where sequential detectors see a version's errors change, row by row. */
export function getChanges({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/changes",
    tag: "reads",
    summary:
      "Where ADWIN, DDM and Page–Hinkley see the errors of the newest labelled predictions change; shown beside the verdicts, never an alarm",
    scope: "read",
    params: modelParams,
    query: rangeQuery.omit({ window: true }),
    answer: scopeSchema.extend({
      /** Labelled predictions that were looked at: the newest 50,000 of the range at most. */
      labelled: z.number(),
      changes: z.array(errorChangeSchema),
    }),
    async handle({ params, query, principal: { project } }) {
      const range = await loadReadRange(store, project, params.model, query);
      const stored = await readModel(store, project, params.model);
      const model = withPositiveClass(stored, await store.activity.classes(project, stored));
      const filter = { ...range, segment: parseSegment(query.segment) };
      const stream = await store.performance.errors(project, filter, performanceTask(model, 0), MOST_ROWS);
      return { ...scopeOf(range), labelled: stream.errors.length, changes: errorChanges(stream) };
    },
  });
}
