import { burnInSchema } from "@leeway/core/monitors";
import { monitorSchema } from "@leeway/core/records";
import { nameSchema } from "@leeway/core/wire";
import { readBurnIns } from "@leeway/store";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** listMonitors is `GET /v1/monitors`. */
export function listMonitors({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/monitors",
    tag: "monitors",
    summary: "Monitors, those made automatically included",
    scope: "read",
    query: z.object({ model: nameSchema.optional() }),
    /** `notifies`: whether it may notify people, or records only in its burn-in. */
    answer: z.object({ monitors: z.array(monitorSchema.extend({ notifies: burnInSchema })) }),
    async handle({ query, principal }) {
      const all = await store.records.monitor.list(principal.project);
      const monitors = all.filter(({ model }) => query.model === undefined || model === query.model);
      const burnIns = await readBurnIns(store, principal.project, monitors, now());
      return {
        monitors: monitors.flatMap((monitor, at) => {
          const notifies = burnIns[at];
          return notifies === undefined ? [] : [{ ...monitor, notifies }];
        }),
      };
    },
  });
}
