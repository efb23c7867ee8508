import { silenceSchema } from "@leeway/core/records";
import { silenceInputSchema } from "@leeway/core/silences";
import { createSilence as create } from "@leeway/store";
import { actorOf } from "../../auth/principal.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** createSilence is `POST /v1/silences`. */
export function createSilence({ store, now, randomBytes }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/silences",
    tag: "silences",
    summary:
      "Keep matching incidents from notifying people until a moment, once or on some days of the week; they still open and resolve",
    scope: "admin",
    body: { schema: silenceInputSchema, reads: "json" },
    answer: silenceSchema,
    status: 201,
    handle: ({ body, principal }) =>
      create(store, principal.project, {
        input: body,
        id: newId("silence", randomBytes),
        actor: actorOf(principal),
        now: now(),
      }),
  });
}
