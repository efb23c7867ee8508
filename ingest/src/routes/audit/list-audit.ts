import { z } from "zod";
import { queryTime } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const entrySchema = z.object({
  kind: z.string(),
  id: z.string(),
  revision: z.number(),
  action: z.enum(["put", "remove"]),
  actor: z.string(),
  at: z.number(),
});

/** listAudit is `GET /v1/audit`. */
export function listAudit({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/audit",
    tag: "audit",
    summary: "Who changed what, newest first",
    scope: "admin",
    query: z.object({
      before: queryTime.optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
    }),
    answer: z.object({ entries: z.array(entrySchema) }),
    handle: async ({ query, principal }) => ({
      entries: await store.audit(principal.project, query.before ?? now() + 1, query.limit),
    }),
  });
}
