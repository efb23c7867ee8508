import { putInput } from "@leeway/core/input";
import { versionSchema } from "@leeway/core/records";
import { nameSchema } from "@leeway/core/wire";
import { actorOf } from "../../auth/principal.ts";
import { modelParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";
import { putVersionSchema, VERSION_FIELDS, versionInputSchema } from "./version-input.ts";

/** putVersion is `PUT /v1/models/{model}/versions/{version}`. */
export function putVersion({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "PUT",
    path: "/v1/models/:model/versions/:version",
    tag: "models",
    summary: "Describe a model version; what is not named stays as it was, null takes a field away",
    scope: "manage",
    params: modelParams.extend({ version: nameSchema }),
    body: { schema: putVersionSchema, reads: "json" },
    answer: versionSchema,
    async handle({ params, body, principal }) {
      const id = `${params.model}/${params.version}`;
      const existing = await store.records.version.get(principal.project, id);
      const settings = putInput(versionInputSchema, Object.keys(VERSION_FIELDS), existing, body);
      const version = versionSchema.parse({
        ...settings,
        ...params,
        created_at: existing?.created_at ?? now(),
      });
      await store.records.version.put(principal.project, id, version, actorOf(principal));
      return version;
    },
  });
}
