import { LeewayError } from "@leeway/core/errors";
import {
  causeSchema,
  type Incident,
  incidentSchema,
  incidentStateSchema,
  severitySchema,
} from "@leeway/core/records";
import { identifierSchema, lineSchema, nameSchema } from "@leeway/core/wire";
import { loadIncidents } from "@leeway/store";
import { z } from "zod";
import { createPageBudget, nextCursor } from "../../http/page.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** listIncidents is `GET /v1/incidents`. */
export function listIncidents({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/incidents",
    tag: "incidents",
    summary: "Incidents, newest first, page by page",
    scope: "read",
    query: z.object({
      model: nameSchema.optional(),
      state: incidentStateSchema.optional(),
      cause: causeSchema.optional(),
      severity: severitySchema.optional(),
      owner: lineSchema(256).optional(),
      cursor: identifierSchema.optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
    }),
    answer: z.object({ incidents: z.array(incidentSchema), next_cursor: nextCursor }),
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
      return pageOf(matching, query);
    },
  });
}

// A page begins after the incident that the one before it ended with: what opened meanwhile moves nothing.
function pageOf(
  incidents: readonly Incident[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): { incidents: Incident[]; next_cursor: string | null } {
  const last = cursor === undefined ? -1 : incidents.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && last === -1) {
    const message = "is not among the incidents that are asked for";
    throw new LeewayError("invalid_request", `cursor: ${message}`, {
      problems: [{ path: "cursor", message }],
    });
  }
  const budget = createPageBudget(limit);
  const left = incidents.slice(last + 1);
  const end = left.findIndex((incident) => !budget.takes(incident));
  const page = end === -1 ? left : left.slice(0, end);
  return { incidents: page, next_cursor: end === -1 ? null : page.at(-1)!.id };
}
