import { removeChannel as remove } from "@leeway/store";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { removedSchema } from "../../http/removed.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** deleteChannel is `DELETE /v1/channels/{id}`. */
export function deleteChannel({ store }: RouteDeps): Route {
  return defineRoute({
    method: "DELETE",
    path: "/v1/channels/:id",
    tag: "channels",
    summary: "Remove a channel",
    scope: "admin",
    params: idParams,
    answer: removedSchema,
    async handle({ params: { id }, principal }) {
      await remove(store, principal.project, { id, actor: actorOf(principal) });
      return { id, removed: true };
    },
  });
}
