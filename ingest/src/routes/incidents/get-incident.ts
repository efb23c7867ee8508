import { incidentActionSchema, incidentSchema, notificationSchema } from "@leeway/core/records";
import { z } from "zod";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadIncident } from "./load-incidents.ts";

/** getIncident is `GET /v1/incidents/{id}`. */
export function getIncident({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/incidents/:id",
    tag: "incidents",
    summary: "One incident, what people did to it, and who was told",
    scope: "read",
    params: idParams,
    answer: incidentSchema.extend({
      actions: z.array(incidentActionSchema),
      notifications: z.array(notificationSchema.omit({ receipt: true })),
    }),
    async handle({ params, principal }) {
      const { incident, actions } = found(
        await loadIncident(store, principal.project, params.id),
        `incident ${params.id}`,
      );
      const notifications = (await store.records.notification.list(principal.project))
        .filter(({ incident_id }) => incident_id === params.id)
        .map(({ receipt: _receipt, ...notification }) => notification);
      return { ...incident, actions, notifications };
    },
  });
}
