import { retrainingSchema } from "@leeway/core/records";
import { actOnRetrained } from "@leeway/store";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** promoteRetrained is `POST /v1/retrainings/{id}/promote`. */
export const promoteRetrained = (deps: RouteDeps): Route =>
  actionRoute(deps, "promote", "Make the new version the production version; the old one is archived");

/** archiveRetrained is `POST /v1/retrainings/{id}/archive`. */
export const archiveRetrained = (deps: RouteDeps): Route =>
  actionRoute(deps, "archive", "Archive the new version; the old one stays");

function actionRoute({ store, now }: RouteDeps, action: "promote" | "archive", summary: string): Route {
  return defineRoute({
    method: "POST",
    path: `/v1/retrainings/:id/${action}`,
    tag: "retrainings",
    summary,
    scope: "admin",
    params: idParams,
    answer: retrainingSchema,
    handle: ({ params: { id }, principal }) =>
      actOnRetrained(store, principal.project, { id, action, actor: actorOf(principal), now: now() }),
  });
}
