import { revokeApiKey } from "@leeway/store";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { keyView, keyViewSchema } from "./key-view.ts";

/** revokeKey is `DELETE /v1/keys/{id}`. A revoked key stays listed, so that the audit log goes on meaning something. */
export function revokeKey({ store, keys, now }: RouteDeps): Route {
  return defineRoute({
    method: "DELETE",
    path: "/v1/keys/:id",
    tag: "keys",
    summary: "Revoke an API key; it stops working within seconds everywhere",
    scope: "admin",
    params: idParams,
    answer: keyViewSchema,
    async handle({ params: { id }, principal }) {
      const revoked = await revokeApiKey(store, principal.project, {
        ...{ id, actor: actorOf(principal), now: now() },
      });
      keys.invalidate();
      return keyView(revoked);
    },
  });
}
