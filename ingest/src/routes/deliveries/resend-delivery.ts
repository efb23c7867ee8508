import { notificationSchema } from "@leeway/core/records";
import { resendDelivery as resend } from "@leeway/store";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** resendDelivery is `POST /v1/deliveries/{id}/resend`. */
export function resendDelivery({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/deliveries/:id/resend",
    tag: "deliveries",
    summary: "Send once more what failed for good, within seconds; the receiver gets the same id",
    scope: "admin",
    params: idParams,
    answer: notificationSchema,
    handle: ({ params: { id }, principal }) =>
      resend(store, principal.project, { id, actor: actorOf(principal), now: now() }),
  });
}
