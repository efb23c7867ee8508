import { breakdownGroupSchema } from "@leeway/core/evaluation";
import { performanceAnchor, performanceTask, withPositiveClass } from "@leeway/core/performance";
import { describeBreakdown } from "@leeway/core/verdicts";
import { nameSchema } from "@leeway/core/wire";
import { readModel, referenceInUse } from "@leeway/store";
import { z } from "zod";
import { modelParams, rangeQuery } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { parseSegment } from "./parse-segment.ts";
import { loadReadRange } from "./resolve-range.ts";
import { scopeOf, scopeSchema } from "./verdict-window.ts";

/** getBreakdown is `GET /v1/models/{model}/breakdown`. */
export function getBreakdown({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/breakdown",
    tag: "reads",
    summary:
      "Rates and performance by the values of a tag or feature, each with its interval and the reference's",
    scope: "read",
    params: modelParams,
    query: rangeQuery.omit({ window: true }).extend({ by: nameSchema }),
    answer: scopeSchema.extend({
      by: z.string(),
      reference_id: z.string().nullable(),
      groups: z.array(breakdownGroupSchema),
    }),
    async handle({ params: { model: name }, query, principal: { project } }) {
      const segment = parseSegment(query.segment);
      const range = await loadReadRange(store, project, name, query);
      const stored = await readModel(store, project, name);
      const classes = await store.activity.classes(project, stored);
      const model = withPositiveClass(stored, classes);
      const reference = (await referenceInUse(store, project, range))?.reference;
      const groups = await store.performance.breakdown(
        project,
        { ...range, segment },
        performanceTask(model, performanceAnchor(reference)),
        { name: query.by, reference },
      );
      return {
        ...scopeOf(range),
        by: query.by,
        reference_id: reference?.id ?? null,
        groups: describeBreakdown(groups, query.by, segment, { model, classes }),
      };
    },
  });
}
