import { putInput } from "@leeway/core/input";
import { monitorSchema } from "@leeway/core/records";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { checkChannels } from "./check-channels.ts";
import { MONITOR_FIELDS, monitorInputSchema, monitorOf, putMonitorSchema } from "./monitor-input.ts";

/** putMonitor is `PUT /v1/monitors/{id}`: the id may be the caller's own, so that monitors can be kept in a repository. */
export function putMonitor({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "PUT",
    path: "/v1/monitors/:id",
    tag: "monitors",
    summary:
      "Create or change a monitor; what is not named stays as it was, null takes a field away; one made automatically becomes the caller's own",
    scope: "admin",
    params: idParams,
    body: { schema: putMonitorSchema, reads: "json" },
    answer: monitorSchema,
    async handle({ params, body, principal }) {
      const existing = await store.records.monitor.get(principal.project, params.id);
      const input = putInput(monitorInputSchema, Object.keys(MONITOR_FIELDS), existing, body);
      await checkChannels(store, principal.project, input.channels);
      const monitor = monitorOf(input, params.id, { former: existing, now: now() });
      await store.records.monitor.put(principal.project, params.id, monitor, actorOf(principal));
      return monitor;
    },
  });
}
