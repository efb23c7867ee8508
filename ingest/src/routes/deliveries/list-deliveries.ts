import { notificationSchema } from "@leeway/core/records";
import { readDeliveries } from "@leeway/store";
import { z } from "zod";
import { nextCursor } from "../../http/page.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** listDeliveries is `GET /v1/deliveries`. */
export function listDeliveries({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/deliveries",
    tag: "deliveries",
    summary:
      "Notifications and what became of each, newest first; those with status `failed` are the dead letters",
    scope: "read",
    query: z.object({
      channel: z.string().optional(),
      incident: z.string().optional(),
      status: notificationSchema.shape.status.optional(),
      cursor: z.string().max(512).optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
    }),
    answer: z.object({ deliveries: z.array(notificationSchema), next_cursor: nextCursor }),
    async handle({ query, principal }) {
      const { deliveries, next } = await readDeliveries(store, principal.project, {
        ...{ channelId: query.channel, incidentId: query.incident, status: query.status },
        ...{ after: query.cursor, limit: query.limit },
      });
      return { deliveries, next_cursor: next ?? null };
    },
  });
}
