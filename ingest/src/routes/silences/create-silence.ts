import { LeewayError } from "@leeway/core/errors";
import { causeSchema, type Silence, silenceSchema } from "@leeway/core/records";
import { nameSchema, timestampSchema } from "@leeway/core/wire";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const body = z.object({
  model: nameSchema.optional(),
  cause: causeSchema.optional(),
  starts_at: timestampSchema.optional(),
  ends_at: timestampSchema,
  comment: z.string().min(1).max(2_048),
});

/** createSilence is `POST /v1/silences`. */
export function createSilence({ store, now, randomBytes }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/silences",
    tag: "silences",
    summary: "Keep matching incidents from being told until a moment; they still open and resolve",
    scope: "admin",
    body: { schema: body, reads: "json" },
    answer: silenceSchema,
    status: 201,
    async handle({ body, principal }) {
      const silence: Silence = silenceSchema.parse({
        ...body,
        id: newId("silence", randomBytes),
        starts_at: body.starts_at ?? now(),
        created_by: actorOf(principal),
      });
      if (silence.ends_at <= silence.starts_at) {
        const problems = [{ path: "ends_at", message: "must be after starts_at" }];
        throw new LeewayError("invalid_request", "ends_at: must be after starts_at", { problems });
      }
      await store.records.silence.put(principal.project, silence.id, silence, actorOf(principal));
      return silence;
    },
  });
}
