import { revokeSession as revokeSessionOf } from "@leeway/store";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { sessionView, sessionViewSchema } from "./session-view.ts";

/** revokeSession is `DELETE /v1/sessions/{id}`: the web app asks the store for each request, so the browser is signed out at once. */
export function revokeSession({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "DELETE",
    path: "/v1/sessions/:id",
    tag: "sessions",
    summary: "Sign a browser out of the web app; its next request is refused",
    scope: "admin",
    params: idParams,
    answer: sessionViewSchema,
    async handle({ params: { id }, principal }) {
      const revoked = await revokeSessionOf(store, principal.project, {
        ...{ id, actor: actorOf(principal), now: now() },
      });
      return sessionView(revoked, await store.records.user.get(principal.project, revoked.user_id), now());
    },
  });
}
