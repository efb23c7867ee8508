import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { removedSchema } from "../../http/removed.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** deleteMonitor is `DELETE /v1/monitors/{id}`. */
export function deleteMonitor({ store }: RouteDeps): Route {
  return defineRoute({
    method: "DELETE",
    path: "/v1/monitors/:id",
    tag: "monitors",
    summary: "Remove a monitor; its verdicts stay",
    scope: "admin",
    params: idParams,
    answer: removedSchema,
    async handle({ params: { id }, principal }) {
      found(await store.records.monitor.get(principal.project, id), `monitor ${id}`);
      await store.records.monitor.remove(principal.project, id, actorOf(principal));
      return { id, removed: true };
    },
  });
}
