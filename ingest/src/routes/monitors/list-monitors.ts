import { monitorSchema } from "@leeway/core/records";
import { nameSchema } from "@leeway/core/wire";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** listMonitors is `GET /v1/monitors`. */
export function listMonitors({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/monitors",
    tag: "monitors",
    summary: "Monitors, those made automatically included",
    scope: "read",
    query: z.object({ model: nameSchema.optional() }),
    answer: z.object({ monitors: z.array(monitorSchema) }),
    async handle({ query, principal }) {
      const monitors = await store.records.monitor.list(principal.project);
      return { monitors: monitors.filter(({ model }) => query.model === undefined || model === query.model) };
    },
  });
}
