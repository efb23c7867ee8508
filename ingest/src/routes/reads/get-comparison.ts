import {
  compareVersions,
  findPairNonsense,
  performanceTask,
  withPositiveClass,
} from "@leeway/core/performance";
import { nameSchema } from "@leeway/core/wire";
import { readModel } from "@leeway/store";
import { z } from "zod";
import { modelParams, queryDuration, queryTime } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { comparisonAnswer, comparisonSchema } from "./comparison-answer.ts";
import { resolveRange } from "./resolve-range.ts";

const DAY_MS = 86_400_000;

/** getComparison is `GET /v1/models/{model}/comparison`. */
export function getComparison({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/comparison",
    tag: "reads",
    summary:
      "Version b against version a on the same labels: the difference with its interval, and a sentence",
    scope: "read",
    params: modelParams,
    query: z.object({
      a: nameSchema,
      b: nameSchema,
      from: queryTime.optional(),
      to: queryTime.optional(),
      window: queryDuration.optional(),
    }),
    answer: comparisonSchema,
    async handle({ params: { model: name }, query, principal }) {
      const { project } = principal;
      const stored = await readModel(store, project, name);
      const activity = await store.activity.versions(project, name);
      const { from, to } = resolveRange(name, { ...query, version: query.b }, activity);
      resolveRange(name, { version: query.a }, activity);
      const classes = await store.activity.classes(project, stored);
      const model = withPositiveClass(stored, classes);
      const task = performanceTask(model, 0);
      const filter = { model: name, baseline: query.a, candidate: query.b, from, to };
      const windowMs = query.window ?? stored.window ?? DAY_MS;
      const windows = await store.performance.paired(project, filter, task, windowMs);
      const names = { baseline: `version ${query.a}`, candidate: `version ${query.b}` };
      const nonsense = findPairNonsense(windows, { model, classes }, names);
      return comparisonAnswer(compareVersions(windows, { ...names, nonsense }));
    },
  });
}
