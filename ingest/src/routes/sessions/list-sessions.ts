import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { sessionView, sessionViewSchema } from "./session-view.ts";

/** listSessions is `GET /v1/sessions`: the open ones, newest first. */
export function listSessions({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/sessions",
    tag: "sessions",
    summary: "Browsers that are signed in to the web app, newest first",
    scope: "admin",
    answer: z.object({ sessions: z.array(sessionViewSchema) }),
    async handle({ principal: { project } }) {
      const [sessions, users] = await Promise.all([
        store.records.session.list(project),
        store.records.user.list(project),
      ]);
      const userOf = new Map(users.map((user) => [user.id, user]));
      const at = now();
      return {
        sessions: sessions
          .map((session) => sessionView(session, userOf.get(session.user_id), at))
          .filter(({ open }) => open)
          .sort((a, b) => b.created_at - a.created_at),
      };
    },
  });
}
