import { causeSchema, incidentSchema, incidentStateSchema, severitySchema } from "@leeway/core/records";
import { lineSchema, nameSchema } from "@leeway/core/wire";
import { loadIncidents } from "@leeway/store";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** listIncidents is `GET /v1/incidents`. */
export function listIncidents({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/incidents",
    tag: "incidents",
    summary: "Incidents, newest first",
    scope: "read",
    query: z.object({
      model: nameSchema.optional(),
      state: incidentStateSchema.optional(),
      cause: causeSchema.optional(),
      severity: severitySchema.optional(),
      owner: lineSchema(256).optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
    }),
    answer: z.object({ incidents: z.array(incidentSchema) }),
    async handle({ query, principal }) {
      const { incidents } = await loadIncidents(store, principal.project);
      const matching = incidents.filter(
        ({ model, state, cause, severity, owner }) =>
          (query.model === undefined || model === query.model) &&
          (query.state === undefined || state === query.state) &&
          (query.cause === undefined || cause === query.cause) &&
          (query.severity === undefined || severity === query.severity) &&
          (query.owner === undefined || owner === query.owner),
      );
      return { incidents: matching.slice(0, query.limit) };
    },
  });
}
