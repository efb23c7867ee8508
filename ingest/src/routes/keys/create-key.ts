import { apiKeySchema } from "@leeway/core/records";
import { lineSchema } from "@leeway/core/wire";
import { createApiKey } from "@leeway/store";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { keyView, keyViewSchema } from "./key-view.ts";

/** createKey is `POST /v1/keys`. */
export function createKey({ store, keys, now, randomBytes }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/keys",
    tag: "keys",
    summary: "Create an API key; the key itself is shown in this answer only",
    scope: "admin",
    body: {
      schema: z.strictObject({ name: lineSchema(128).min(1), scopes: apiKeySchema.shape.scopes }),
      reads: "json",
    },
    answer: keyViewSchema.extend({ key: z.string() }),
    status: 201,
    async handle({ body, principal }) {
      const { record, key } = await createApiKey(store, principal.project, {
        ...{ id: newId("key", randomBytes), name: body.name, scopes: body.scopes },
        ...{ actor: actorOf(principal), now: now(), randomBytes },
      });
      keys.invalidate();
      return { ...keyView(record), key };
    },
  });
}
