import { channelInputSchema, channelViewSchema, newSecret } from "@leeway/core/channels";
import { createChannel as create } from "@leeway/store";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { channelView } from "./channel-view.ts";

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
      const { channel, madeSecret } = await create(store, principal.project, {
        ...{ input: body, id: newId("channel", randomBytes), actor: actorOf(principal), now: now() },
        newSecret: newSecret(randomBytes),
      });
      return {
        ...channelView(channel, principal),
        ...(madeSecret === undefined ? {} : { secret: madeSecret }),
      };
    },
  });
}
