import { foldIncident } from "@leeway/core/incidents";
import { type Incident, type IncidentAction, incidentSchema } from "@leeway/core/records";
import { paragraphsSchema } from "@leeway/core/wire";
import { z } from "zod";
import { actorOf, type Principal } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { loadIncident } from "./load-incidents.ts";

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
  deps: RouteDeps,
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
    handle: ({ params, body, principal }) => act(deps, principal, params.id, action, body.text),
  });
}

async function act(
  { store, now, randomBytes }: RouteDeps,
  principal: Principal,
  incidentId: string,
  action: IncidentAction["action"],
  text: string | undefined,
): Promise<Incident> {
  const { project } = principal;
  const { incident } = found(await loadIncident(store, project, incidentId), `incident ${incidentId}`);
  const record: IncidentAction = {
    id: newId("action", randomBytes),
    incident_id: incidentId,
    action,
    actor: actorOf(principal),
    ...(text === undefined ? {} : { text }),
    at: now(),
  };
  await store.records.incidentAction.put(project, record.id, record, record.actor);
  return foldIncident(incident, [record]);
}
