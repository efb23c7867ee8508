import { monitorSchema } from "@leeway/core/records";
import { actorOf } from "../../auth/principal.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { checkChannels } from "./check-channels.ts";
import { monitorInputSchema, monitorOf } from "./monitor-input.ts";

/** createMonitor is `POST /v1/monitors`. */
export function createMonitor({ store, now, randomBytes }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/monitors",
    tag: "monitors",
    summary: "Create a monitor",
    scope: "admin",
    body: { schema: monitorInputSchema, reads: "json" },
    answer: monitorSchema,
    status: 201,
    async handle({ body, principal }) {
      await checkChannels(store, principal.project, body.channels);
      const monitor = monitorOf(body, newId("monitor", randomBytes), { former: undefined, now: now() });
      await store.records.monitor.put(principal.project, monitor.id, monitor, actorOf(principal));
      return monitor;
    },
  });
}
