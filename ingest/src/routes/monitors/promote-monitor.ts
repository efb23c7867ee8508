import { monitorSchema } from "@leeway/core/records";
import { promoteMonitor as promote } from "@leeway/store";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** promoteMonitor is `POST /v1/monitors/{id}/promote`. */
export function promoteMonitor({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/monitors/:id/promote",
    tag: "monitors",
    summary: "End the burn-in of a monitor: from its next alarm on it notifies people",
    scope: "admin",
    params: idParams,
    answer: monitorSchema,
    handle: ({ params: { id }, principal }) =>
      promote(store, principal.project, { id, actor: actorOf(principal), now: now() }),
  });
}
