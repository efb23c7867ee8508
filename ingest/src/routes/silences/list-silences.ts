import { silenceSchema } from "@leeway/core/records";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** listSilences is `GET /v1/silences`. */
export function listSilences({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/silences",
    tag: "silences",
    summary: "Silences, past ones included",
    scope: "read",
    answer: z.object({ silences: z.array(silenceSchema) }),
    handle: async ({ principal }) => ({ silences: await store.records.silence.list(principal.project) }),
  });
}
