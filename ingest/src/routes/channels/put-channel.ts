import {
  CHANNEL_FIELDS,
  channelInputSchema,
  channelOf,
  channelViewSchema,
  rotateSecret,
} from "@leeway/core/channels";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { putInput, putSchema } from "../../http/put-input.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { channelView } from "./channel-view.ts";
import { newSecret } from "./new-secret.ts";

const putChannelSchema = putSchema(CHANNEL_FIELDS, [
  ...["id", "created_at", "has_secret", "has_token", "has_previous_secret", "disabled_reason"],
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
      const former = await store.records.channel.get(principal.project, id);
      // A channel that becomes one of another kind has nothing to keep but its name.
      const isOther = body["kind"] !== undefined && body["kind"] !== former?.kind;
      const kept = isOther && former !== undefined ? { name: former.name, enabled: former.enabled } : former;
      const input = putInput(channelInputSchema, Object.keys(CHANNEL_FIELDS), kept, body);
      const createdAt = former?.created_at ?? now();
      const changed = channelOf(input, { id, createdAt, newSecret: newSecret(randomBytes) });
      const channel = rotateSecret(changed, former, body["previous_secret"] !== undefined);
      await store.records.channel.put(principal.project, id, channel, actorOf(principal));
      return channelView(channel, principal);
    },
  });
}
