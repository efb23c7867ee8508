import { channelViewSchema } from "@leeway/core/channels";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { channelView } from "./channel-view.ts";

/** getChannel is `GET /v1/channels/{id}`. */
export function getChannel({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/channels/:id",
    tag: "channels",
    summary: "One channel, without its secret",
    scope: "read",
    params: idParams,
    answer: channelViewSchema,
    handle: async ({ params, principal }) =>
      channelView(
        found(await store.records.channel.get(principal.project, params.id), `channel ${params.id}`),
        principal,
      ),
  });
}
