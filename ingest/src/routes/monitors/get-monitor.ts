import { monitorSchema } from "@leeway/core/records";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** getMonitor is `GET /v1/monitors/{id}`. */
export function getMonitor({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/monitors/:id",
    tag: "monitors",
    summary: "One monitor",
    scope: "read",
    params: idParams,
    answer: monitorSchema,
    handle: async ({ params, principal }) =>
      found(await store.records.monitor.get(principal.project, params.id), `monitor ${params.id}`),
  });
}
