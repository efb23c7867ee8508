import { channelInputSchema, channelOf, channelViewSchema } from "@leeway/core/channels";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { channelView } from "./channel-view.ts";
import { newSecret } from "./new-secret.ts";

/** createChannel is `POST /v1/channels`. */
export function createChannel({ store, now, randomBytes }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/channels",
    tag: "channels",
    summary: "Create a channel; a secret made by the server is shown in this answer only",
    scope: "admin",
    body: { schema: channelInputSchema, reads: "json" },
    answer: z.intersection(channelViewSchema, z.object({ secret: z.string().optional() })),
    status: 201,
    async handle({ body, principal }) {
      const made = newSecret(randomBytes);
      const id = newId("channel", randomBytes);
      const channel = channelOf(body, { id, createdAt: now(), newSecret: made });
      await store.records.channel.put(principal.project, id, channel, actorOf(principal));
      const isMade = "secret" in channel && channel.secret === made;
      return { ...channelView(channel, principal), ...(isMade ? { secret: made } : {}) };
    },
  });
}
