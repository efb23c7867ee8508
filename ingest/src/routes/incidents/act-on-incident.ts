import { invalidInput } from "@leeway/core/input";
import {
  type IncidentAction,
  incidentSchema,
  incidentTextSchema,
  usefulnessSchema,
} from "@leeway/core/records";
import { durationInput, lineSchema, timestampSchema } from "@leeway/core/wire";
import { type Act, actOnIncident } from "@leeway/store";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const text = { text: incidentTextSchema.optional() };
const optionalText = z.strictObject(text);
const requiredText = z.strictObject({ text: incidentTextSchema.min(1) });
const snoozeBody = z
  .strictObject({ until: timestampSchema.optional(), for: durationInput.optional(), ...text })
  .refine((body) => (body.until === undefined) !== (body.for === undefined), {
    path: ["until"],
    message: "give either until (a time) or for (a duration)",
  });
const assignBody = z.strictObject({ to: lineSchema(256).min(1).nullable(), ...text });

const markBody = z.strictObject({ useful: usefulnessSchema, ...text });

// A snooze is for a while; what is to be quiet for longer is a silence.
const LONGEST_SNOOZE_MS = 30 * 86_400_000;

/** acknowledgeIncident is `POST /v1/incidents/{id}/acknowledge`. */
export const acknowledgeIncident = (deps: RouteDeps): Route =>
  actionRoute(deps, "acknowledge", "Say that somebody is looking at it", optionalText, sayIt);

/** resolveIncident is `POST /v1/incidents/{id}/resolve`. */
export const resolveIncident = (deps: RouteDeps): Route =>
  actionRoute(deps, "resolve", "Close it by hand, with what was done", optionalText, sayIt);

/** undoIncident is `POST /v1/incidents/{id}/undo`. */
export const undoIncident = (deps: RouteDeps): Route =>
  actionRoute(deps, "undo", "Take a person's resolution back, within a minute", optionalText, sayIt);

/** reopenIncident is `POST /v1/incidents/{id}/reopen`. */
export const reopenIncident = (deps: RouteDeps): Route =>
  actionRoute(deps, "reopen", "Say that it was not over", optionalText, sayIt);

/** snoozeIncident is `POST /v1/incidents/{id}/snooze`. */
export const snoozeIncident = (deps: RouteDeps): Route =>
  actionRoute(
    deps,
    "snooze",
    "No message until a time; then people are notified again if it still fires",
    snoozeBody,
    (body, now) => ({ text: body.text, until: snoozeEnd(body, now) }),
  );

/** assignIncident is `POST /v1/incidents/{id}/assign`. */
export const assignIncident = (deps: RouteDeps): Route =>
  actionRoute(deps, "assign", "Say who is to look at it; null: nobody", assignBody, (body) => ({
    text: body.text,
    assignee: body.to ?? undefined,
  }));

/** markIncident is `POST /v1/incidents/{id}/mark`. */
export const markIncident = (deps: RouteDeps): Route =>
  actionRoute(
    deps,
    "mark",
    "Say whether it was useful to be notified: yes, no, or expected, which offers a silence or a new reference",
    markBody,
    ({ text: said, useful }) => ({ text: said, useful }),
  );

/** addIncidentNote is `POST /v1/incidents/{id}/notes`. */
export const addIncidentNote = (deps: RouteDeps): Route =>
  actionRoute(deps, "note", "Add a note", requiredText, sayIt);

type Said = Pick<Act, "text" | "until" | "assignee" | "useful">;

function sayIt({ text: said }: { text?: string | undefined }): Said {
  return { text: said };
}

function snoozeEnd(body: z.output<typeof snoozeBody>, now: number): number {
  const until = body.until ?? now + (body.for ?? 0);
  const message = "must be in the future, at most 30 days ahead";
  if (until <= now || until > now + LONGEST_SNOOZE_MS)
    throw invalidInput("body", [{ path: "until", message }]);
  return until;
}

function actionRoute<Body extends z.ZodType>(
  { store, now, randomBytes }: RouteDeps,
  action: IncidentAction["action"],
  summary: string,
  schema: Body,
  said: (body: z.output<Body>, now: number) => Said,
): Route {
  return defineRoute({
    method: "POST",
    path: `/v1/incidents/:id/${action === "note" ? "notes" : action}`,
    tag: "incidents",
    summary,
    scope: "admin",
    params: idParams,
    body: { schema, reads: "json" },
    answer: incidentSchema,
    handle: ({ params, body, principal }) =>
      actOnIncident(store, principal.project, {
        ...said(body, now()),
        id: newId("action", randomBytes),
        incidentId: params.id,
        action,
        actor: actorOf(principal),
        now: now(),
      }),
  });
}
