import { featureSchemaSchema } from "@leeway/core/evidence";
import { nameSchema } from "@leeway/core/wire";
import { readDataQuality, requireModel, type Store } from "@leeway/store";
import { z } from "zod";
import { modelParams } from "../../http/base-schemas.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import { resolveRange } from "../reads/resolve-range.ts";
import type { RouteDeps } from "../route-deps.ts";

/** getFeatures is `GET /v1/models/{model}/features`. */
export function getFeatures({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/features",
    tag: "models",
    summary:
      "Features as they came, type conflicts and near twins among them, what was refused or dropped by SDKs in the last week, and predictions far from the rest",
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
      /** Predictions long before the rest: they are kept and decide nothing. */
      strays: z.array(
        z.object({
          version: z.string(),
          environment: z.string(),
          predictions: z.number(),
          first_seen: z.number(),
          last_seen: z.number(),
        }),
      ),
    }),
    async handle({ params: { model }, query, principal }) {
      await checkVersion(store, principal.project, model, query.version);
      const scope = { model, version: query.version, now: now() };
      const found = await readDataQuality(store, principal.project, scope);
      return {
        ...{ model, features: found.features },
        refused: found.refused.map(({ lastAt, ...refusal }) => ({ ...refusal, last_at: lastAt })),
        unknown: found.unknown.map(({ lastAt, ...member }) => ({ ...member, last_at: lastAt })),
        dropped: found.dropped.map(({ at, ...drop }) => ({ ...drop, last_at: at })),
        strays: found.strays.map(({ firstSeen, lastSeen, ...stray }) => ({
          ...{ ...stray, first_seen: firstSeen, last_seen: lastSeen },
        })),
      };
    },
  });
}

// A version that never came has no features, which is another answer than none being there.
async function checkVersion(store: Store, project: string, model: string, version: string | undefined) {
  await requireModel(store, project, model);
  if (version !== undefined) resolveRange(model, { version }, await store.activity.versions(project, model));
}
