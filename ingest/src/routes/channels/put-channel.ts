import { CHANNEL_FIELDS, channelViewSchema, newSecret } from "@leeway/core/channels";
import { putSchema } from "@leeway/core/input";
import { changeChannel } from "@leeway/store";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { channelView } from "./channel-view.ts";

const putChannelSchema = putSchema(CHANNEL_FIELDS, [
  ...["id", "created_at", "has_secret", "has_token", "has_previous_secret", "disabled_reason", "health"],
]);

/** putChannel is `PUT /v1/channels/{id}`. */
export function putChannel({ store, now, randomBytes }: RouteDeps): Route {
  return defineRoute({
    method: "PUT",
    path: "/v1/channels/:id",
    tag: "channels",
    summary: "Create or change a channel; what is not named stays as it was, null takes a field away",
    scope: "admin",
    params: idParams,
    body: { schema: putChannelSchema, reads: "json" },
    answer: channelViewSchema,
    async handle({ params: { id }, body, principal }) {
      const channel = await changeChannel(store, principal.project, {
        ...{ id, body, actor: actorOf(principal), now: now() },
        newSecret: newSecret(randomBytes),
      });
      return channelView(channel, principal);
    },
  });
}
