import { resendDeadLetters as resend } from "@leeway/store";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** resendDeadLetters is `POST /v1/channels/{id}/resend`. */
export function resendDeadLetters({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/channels/:id/resend",
    tag: "channels",
    summary:
      "Send once more everything that failed for good on a channel, in order, within seconds; receivers get the same ids",
    scope: "admin",
    params: idParams,
    answer: z.object({ resent: z.array(z.string()) }),
    async handle({ params, principal }) {
      const by = { actor: actorOf(principal), now: now() };
      const resent = await resend(store, principal.project, { channelId: params.id, ...by });
      return { resent: resent.map(({ id }) => id) };
    },
  });
}
