import { deliveryAttemptSchema } from "@leeway/core/delivery";
import { z } from "zod";
import { idParams, queryTime } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** listAttempts is `GET /v1/channels/{id}/attempts`. */
export function listAttempts({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/channels/:id/attempts",
    tag: "channels",
    summary:
      "What was sent to a channel in the last 30 days and what was answered, secrets removed, newest first",
    scope: "read",
    params: idParams,
    query: z.object({
      before: queryTime.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.object({ attempts: z.array(deliveryAttemptSchema) }),
    async handle({ params: { id }, query: { before = now() + 1, limit }, principal: { project } }) {
      found(await store.records.channel.get(project, id), `channel ${id}`);
      return { attempts: await store.deliveries.ofChannel(project, id, { before, limit }) };
    },
  });
}
