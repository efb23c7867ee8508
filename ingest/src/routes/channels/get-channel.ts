import { readChannels } from "@leeway/store";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { channelStandingSchema, channelStandingView } from "./channel-view.ts";

/** getChannel is `GET /v1/channels/{id}`. */
export function getChannel({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/channels/:id",
    tag: "channels",
    summary: "One channel, without its secret, and how it does",
    scope: "read",
    params: idParams,
    answer: channelStandingSchema,
    async handle({ params: { id }, principal }) {
      const standings = await readChannels(store, principal.project, now());
      return channelStandingView(
        found(
          standings.find(({ channel }) => channel.id === id),
          `channel ${id}`,
        ),
        principal,
      );
    },
  });
}
