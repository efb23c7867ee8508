import { retrainingSchema } from "@leeway/core/records";
import { nameSchema } from "@leeway/core/wire";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** listRetrainings is `GET /v1/retrainings`. */
export function listRetrainings({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/retrainings",
    tag: "retrainings",
    summary: "Triggered retrainings and what became of them, newest first",
    scope: "read",
    query: z.object({ model: nameSchema.optional() }),
    answer: z.object({ retrainings: z.array(retrainingSchema) }),
    async handle({ query, principal }) {
      const retrainings = (await store.records.retraining.list(principal.project))
        .filter(({ model }) => query.model === undefined || model === query.model)
        .sort((a, b) => b.requested_at - a.requested_at);
      return { retrainings };
    },
  });
}
