import { readChannels } from "@leeway/store";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { channelStandingSchema, channelStandingView } from "./channel-view.ts";

/** listChannels is `GET /v1/channels`. */
export function listChannels({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/channels",
    tag: "channels",
    summary: "Channels, without their secrets, and how each does",
    scope: "read",
    answer: z.object({ channels: z.array(channelStandingSchema) }),
    handle: async ({ principal }) => ({
      channels: (await readChannels(store, principal.project, now())).map((one) =>
        channelStandingView(one, principal),
      ),
    }),
  });
}
