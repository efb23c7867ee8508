import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { channelInputSchema, channelOf } from "./channel-input.ts";
import { channelView, channelViewSchema } from "./channel-view.ts";
import { newSecret } from "./new-secret.ts";

/** putChannel is `PUT /v1/channels/{id}`; a receiver's secret stays as it is unless a new one is given. */
export function putChannel({ store, now, randomBytes }: RouteDeps): Route {
  return defineRoute({
    method: "PUT",
    path: "/v1/channels/:id",
    tag: "channels",
    summary: "Create or replace a channel",
    scope: "admin",
    params: idParams,
    body: { schema: channelInputSchema, reads: "json" },
    answer: channelViewSchema,
    async handle({ params: { id }, body, principal }) {
      const former = await store.records.channel.get(principal.project, id);
      const channel = channelOf(body, {
        id,
        createdAt: former?.created_at ?? now(),
        former,
        newSecret: newSecret(randomBytes),
      });
      await store.records.channel.put(principal.project, id, channel, actorOf(principal));
      return channelView(channel);
    },
  });
}
