import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
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
      const session = found(await store.records.session.get(principal.project, id), `session ${id}`);
      const revoked = { ...session, revoked_at: session.revoked_at ?? now() };
      await store.records.session.put(principal.project, id, revoked, actorOf(principal));
      return sessionView(revoked, await store.records.user.get(principal.project, session.user_id), now());
    },
  });
}
