import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { keyView, keyViewSchema } from "./key-view.ts";

/** listKeys is `GET /v1/keys`. */
export function listKeys({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/keys",
    tag: "keys",
    summary: "API keys, without their secrets",
    scope: "admin",
    answer: z.object({ keys: z.array(keyViewSchema) }),
    handle: async ({ principal }) => ({
      keys: (await store.records.apiKey.list(principal.project)).map(keyView),
    }),
  });
}
