import { alarmChain, alarmChainSchema, expectedOffers } from "@leeway/core/incidents";
import { causeSchema, incidentActionSchema, incidentSchema, notificationSchema } from "@leeway/core/records";
import { loadIncident, withContext } from "@leeway/store";
import { z } from "zod";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

// The newest alarms tell what a reader wants to know; an incident of a year would have thousands.
const ALARMS = 200;

/** getIncident is `GET /v1/incidents/{id}`. */
export function getIncident({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/incidents/:id",
    tag: "incidents",
    summary:
      "One incident, what changed shortly before it, what it follows from, what people did to it, who was notified, and what became of each of its alarms",
    scope: "read",
    params: idParams,
    answer: incidentSchema.extend({
      actions: z.array(incidentActionSchema),
      notifications: z.array(notificationSchema.omit({ receipt: true })),
      /** Where it was marked as expected: what keeps it from coming again. */
      offers: z
        .object({
          silence: z.object({ model: z.string(), cause: causeSchema, feature: z.string().optional() }),
          reference: z
            .object({ model: z.string(), version: z.string(), from: z.number(), to: z.number() })
            .optional(),
        })
        .optional(),
      /** What became of each alarm of this incident, oldest first: judged, folded, queued, sent, answered. */
      alarms: z.array(alarmChainSchema),
    }),
    async handle({ params, principal }) {
      const { incident, actions } = found(
        await loadIncident(store, principal.project, params.id),
        `incident ${params.id}`,
      );
      const { project } = principal;
      const [shown, outbox, folded] = await Promise.all([
        withContext(store, project, incident),
        store.records.notification.list(project),
        store.evaluations.folded(project, { model: incident.model, incidentId: params.id }),
      ]);
      const notifications = outbox
        .filter(({ incident_id }) => incident_id === params.id)
        .map(({ receipt: _receipt, ...notification }) => notification);
      const alarms = folded
        .filter(({ outcome }) => outcome === "alarm")
        .slice(-ALARMS)
        .map((alarm) => alarmChain(alarm, notifications, actions));
      const offers = expectedOffers(incident);
      return { ...shown, actions, notifications, alarms, ...(offers === undefined ? {} : { offers }) };
    },
  });
}
