import { featureSchemaSchema, featureSchemas } from "@leeway/core/evidence";
import { nameSchema } from "@leeway/core/wire";
import { requireModel, type Store } from "@leeway/store";
import { z } from "zod";
import { modelParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import { resolveRange } from "../reads/resolve-range.ts";
import type { RouteDeps } from "../route-deps.ts";

const LOOK_BACK_MS = 7 * 86_400_000;

/** getFeatures is `GET /v1/models/{model}/features`. */
export function getFeatures({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/features",
    tag: "models",
    summary:
      "Features as they came, type conflicts and near twins among them, and what was refused or dropped by SDKs in the last week",
    scope: "read",
    params: modelParams,
    query: z.object({ version: nameSchema.optional() }),
    answer: z.object({
      model: z.string(),
      features: z.array(featureSchemaSchema),
      refused: z.array(
        z.object({
          kind: z.string(),
          code: z.string(),
          events: z.number(),
          last_at: z.number(),
          example: z.string(),
        }),
      ),
      /** Members of events that were left out because Leeway does not know them; an empty name stands for several. */
      unknown: z.array(
        z.object({ kind: z.string(), name: z.string(), events: z.number(), last_at: z.number() }),
      ),
      dropped: z.array(
        z.object({ replica: z.string(), kind: z.string(), events: z.number(), last_at: z.number() }),
      ),
    }),
    async handle({ params: { model }, query, principal }) {
      await checkVersion(store, principal.project, model, query.version);
      const from = now() - LOOK_BACK_MS;
      const [sightings, refusals, unknowns, drops] = await Promise.all([
        store.evidence.featureKinds(principal.project, model, query.version),
        store.evidence.refusals(principal.project, model, from),
        store.evidence.unknownMembers(principal.project, model, from),
        store.evidence.drops(principal.project, { model, version: query.version, from, to: now() + 1 }),
      ]);
      const refused = refusals.map(({ lastAt, ...refusal }) => ({ ...refusal, last_at: lastAt }));
      const unknown = unknowns.map(({ lastAt, ...member }) => ({ ...member, last_at: lastAt }));
      const dropped = drops.map(({ at, ...drop }) => ({ ...drop, last_at: at }));
      return { model, features: featureSchemas(sightings), refused, unknown, dropped };
    },
  });
}

// A version that never came has no features, which is another answer than none being there.
async function checkVersion(store: Store, project: string, model: string, version: string | undefined) {
  await requireModel(store, project, model);
  if (version !== undefined) resolveRange(model, { version }, await store.activity.versions(project, model));
}
