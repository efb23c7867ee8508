import { channelViewSchema } from "@leeway/core/channels";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { channelView } from "./channel-view.ts";

/** listChannels is `GET /v1/channels`. */
export function listChannels({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/channels",
    tag: "channels",
    summary: "Channels, without their secrets",
    scope: "read",
    answer: z.object({ channels: z.array(channelViewSchema) }),
    handle: async ({ principal }) => ({
      channels: (await store.records.channel.list(principal.project)).map((one) =>
        channelView(one, principal),
      ),
    }),
  });
}
