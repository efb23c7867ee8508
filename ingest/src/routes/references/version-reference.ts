import { LeewayError } from "@leeway/core/errors";
import { type Reference, referenceSchema } from "@leeway/core/records";
import { environmentSchema, nameSchema, timestampSchema } from "@leeway/core/wire";
import {
  changeReference,
  previewReferenceChange,
  type ReferenceUse,
  readVersionReference,
} from "@leeway/store";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { modelParams } from "../../http/base-schemas.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** referenceSummarySchema is a reference without its features' distributions. */
export const referenceSummarySchema = referenceSchema
  .omit({ features: true, prediction: true })
  .extend({ features: z.number().int() });

/** summaryOf returns a reference without its features' distributions. */
export function summaryOf({ features, prediction: _prediction, ...rest }: Reference) {
  return { ...rest, features: features.length };
}

const params = modelParams.extend({ version: nameSchema });

/** getVersionReference is `GET /v1/models/{model}/versions/{version}/reference`. */
export function getVersionReference({ store }: RouteDeps): Route {
  return defineRoute({
    method: "GET",
    path: "/v1/models/:model/versions/:version/reference",
    tag: "models",
    summary: "What a version is compared with, or what its reference waits for",
    scope: "read",
    params,
    query: z.object({ environment: environmentSchema.optional() }),
    answer: z.object({
      reference: referenceSummarySchema.nullable(),
      is_own: z.boolean(),
      chosen_by: z.string().nullable(),
      waits_because: z.string().nullable(),
    }),
    async handle({ params: { model, version }, query: { environment }, principal }) {
      const found = await readVersionReference(store, principal.project, { model, version, environment });
      return {
        reference: found.reference === undefined ? null : summaryOf(found.reference),
        is_own: found.isOwn,
        chosen_by: found.chosenBy ?? null,
        waits_because: found.waitsBecause ?? null,
      };
    },
  });
}

const changeSchema = z.strictObject({
  /** A reference there is. */
  reference_id: nameSchema.optional(),
  /** A window of the version's own traffic, which becomes a reference. */
  window: z.strictObject({ from: timestampSchema, to: timestampSchema }).optional(),
  /** A new automatic reference, from where the traffic begins or from a later time. */
  automatic: z.strictObject({ from: timestampSchema.optional() }).optional(),
  /** Where the traffic of the window was; absent: in production, or wherever the version has any. */
  environment: environmentSchema.optional(),
  /** True: only say what would be judged again. */
  dry_run: z.boolean().default(false),
});

const effectSchema = z.object({
  version: z.string(),
  environment: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  monitors: z.number(),
  windows: z.number(),
  from: z.number(),
  to: z.number(),
});

/** putVersionReference is `PUT /v1/models/{model}/versions/{version}/reference`. */
export function putVersionReference({ store, now, randomBytes }: RouteDeps): Route {
  return defineRoute({
    method: "PUT",
    path: "/v1/models/:model/versions/:version/reference",
    tag: "models",
    summary: "Compare a version with another reference; `dry_run` only says what would be judged again",
    scope: "admin",
    params,
    body: { schema: changeSchema, reads: "json" },
    answer: z.object({
      dry_run: z.boolean(),
      reference_id: z.string().nullable(),
      sentence: z.string(),
      judged_again: z.array(effectSchema),
    }),
    async handle({ params: { model, version }, body, principal }) {
      const change = {
        ...{ model, version, environment: body.environment, wanted: wantedOf(body) },
        ...{ actor: actorOf(principal), newId: newId("ref", randomBytes), now: now() },
      };
      const run = body.dry_run ? previewReferenceChange : changeReference;
      const { reference_id, sentence, effects } = await run(store, principal.project, change);
      return { dry_run: body.dry_run, reference_id, sentence, judged_again: effects };
    },
  });
}

function wantedOf({ reference_id, window, automatic }: z.output<typeof changeSchema>): ReferenceUse {
  const wanted: ReferenceUse[] = [
    ...(reference_id === undefined ? [] : [{ use: "reference" as const, reference_id }]),
    ...(window === undefined ? [] : [{ use: "window" as const, ...window }]),
    ...(automatic === undefined ? [] : [{ use: "automatic" as const, ...automatic }]),
  ];
  const [only] = wanted;
  if (only !== undefined && wanted.length === 1) return only;
  const message = "expected exactly one of reference_id, window and automatic";
  throw new LeewayError("invalid_request", `body: ${message}`, {
    problems: [{ path: "reference_id", message }],
  });
}
