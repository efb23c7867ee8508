import { type IncidentAction, incidentSchema } from "@leeway/core/records";
import { paragraphsSchema } from "@leeway/core/wire";
import { actOnIncident } from "@leeway/store";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const optionalText = z.strictObject({ text: paragraphsSchema(10_000).optional() });
const requiredText = z.strictObject({ text: paragraphsSchema(10_000).min(1) });

/** acknowledgeIncident is `POST /v1/incidents/{id}/acknowledge`. */
export const acknowledgeIncident = (deps: RouteDeps): Route =>
  actionRoute(deps, "acknowledge", "acknowledge", "Say that somebody is looking at it", optionalText);

/** resolveIncident is `POST /v1/incidents/{id}/resolve`. */
export const resolveIncident = (deps: RouteDeps): Route =>
  actionRoute(deps, "resolve", "resolve", "Close it by hand, with what was done", optionalText);

/** addIncidentNote is `POST /v1/incidents/{id}/notes`. */
export const addIncidentNote = (deps: RouteDeps): Route =>
  actionRoute(deps, "note", "notes", "Add a note", requiredText);

function actionRoute(
  { store, now, randomBytes }: RouteDeps,
  action: IncidentAction["action"],
  segment: string,
  summary: string,
  schema: typeof optionalText | typeof requiredText,
): Route {
  return defineRoute({
    method: "POST",
    path: `/v1/incidents/:id/${segment}`,
    tag: "incidents",
    summary,
    scope: "admin",
    params: idParams,
    body: { schema, reads: "json" },
    answer: incidentSchema,
    handle: ({ params, body, principal }) =>
      actOnIncident(store, principal.project, {
        id: newId("action", randomBytes),
        incidentId: params.id,
        action,
        actor: actorOf(principal),
        text: body.text,
        now: now(),
      }),
  });
}
