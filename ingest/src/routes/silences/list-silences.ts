import { incidentSchema, silenceSchema } from "@leeway/core/records";
import { readSilences } from "@leeway/store";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const answer = z.object({
  silences: z.array(
    silenceSchema.extend({
      state: z.enum(["active", "waiting", "over"]),
      kept: z.object({
        notifications: z.number().int(),
        incidents: z.array(incidentSchema.pick({ id: true, title: true, state: true })),
      }),
    }),
  ),
});

/** listSilences is `GET /v1/silences`. */
export function listSilences({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/silences",
    tag: "silences",
    summary: "Silences, past ones included, each with what it kept back",
    scope: "read",
    answer,
    handle: async ({ principal }) => ({ silences: await readSilences(store, principal.project, now()) }),
  });
}
