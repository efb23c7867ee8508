import { LeewayError } from "@leeway/core/errors";
import { type Retraining, retrainingSchema } from "@leeway/core/records";
import { nameSchema, paragraphsSchema } from "@leeway/core/wire";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const body = z.strictObject({
  status: z.enum(["running", "succeeded", "failed"]),
  new_version: nameSchema.optional(),
  metrics: z.record(nameSchema, z.number()).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
  message: paragraphsSchema(4_096).optional(),
});

/** reportRetraining is `POST /v1/retrainings/{id}`: the retraining job says how it goes. */
export function reportRetraining({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/retrainings/:id",
    tag: "retrainings",
    summary: "Report on a retraining",
    scope: "report",
    params: idParams,
    body: { schema: body, reads: "json" },
    answer: retrainingSchema,
    async handle({ params: { id }, body, principal }) {
      const current = found(await store.records.retraining.get(principal.project, id), `retraining ${id}`);
      if (isOver(current) && current.status !== body.status) {
        throw new LeewayError("conflict", `the retraining has ${current.status} already`);
      }
      const reported = retrainingSchema.parse({ ...current, ...body, updated_at: now() });
      await store.records.retraining.put(principal.project, id, reported, actorOf(principal));
      return reported;
    },
  });
}

function isOver({ status }: Retraining): boolean {
  // A run that was given up may still end.
  return status === "succeeded" || status === "failed" || status === "refused";
}
