import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { removedSchema } from "../../http/removed.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** deleteSilence is `DELETE /v1/silences/{id}`. */
export function deleteSilence({ store }: RouteDeps): Route {
  return defineRoute({
    method: "DELETE",
    path: "/v1/silences/:id",
    tag: "silences",
    summary: "End a silence now",
    scope: "admin",
    params: idParams,
    answer: removedSchema,
    async handle({ params: { id }, principal }) {
      found(await store.records.silence.get(principal.project, id), `silence ${id}`);
      await store.records.silence.remove(principal.project, id, actorOf(principal));
      return { id, removed: true };
    },
  });
}
