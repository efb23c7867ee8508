import { endSilence } from "@leeway/store";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { removedSchema } from "../../http/removed.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** deleteSilence is `DELETE /v1/silences/{id}`. */
export function deleteSilence({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "DELETE",
    path: "/v1/silences/:id",
    tag: "silences",
    summary: "End a silence now",
    scope: "admin",
    params: idParams,
    answer: removedSchema,
    async handle({ params: { id }, principal }) {
      await endSilence(store, principal.project, { id, actor: actorOf(principal), now: now() });
      return { id, removed: true };
    },
  });
}
