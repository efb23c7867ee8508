import { LeewayError } from "@leeway/core/errors";
import { causeSchema, type Silence, silenceSchema } from "@leeway/core/records";
import { nameSchema, paragraphsSchema, timestampSchema } from "@leeway/core/wire";
import { didYouMean } from "@leeway/core/words";
import { listModelNames } from "@leeway/store";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { newId } from "../../http/new-id.ts";
import { invalidInput } from "../../http/parse-input.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const body = z.strictObject({
  model: nameSchema.optional(),
  cause: causeSchema.optional(),
  starts_at: timestampSchema.optional(),
  ends_at: timestampSchema,
  comment: paragraphsSchema(2_048).min(1),
});

/** createSilence is `POST /v1/silences`. */
export function createSilence({ store, now, randomBytes }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/silences",
    tag: "silences",
    summary: "Keep matching incidents from notifying people until a moment; they still open and resolve",
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
      if (silence.model !== undefined) await checkModel(store, principal.project, silence.model);
      await store.records.silence.put(principal.project, silence.id, silence, actorOf(principal));
      return silence;
    },
  });
}

// A silence for a model that is misspelt keeps nothing quiet, which is found out at night.
async function checkModel(store: RouteDeps["store"], project: string, model: string): Promise<void> {
  const known = await listModelNames(store, project);
  if (known.includes(model)) return;
  const message = `there is no model ${model}${didYouMean(model, known)}`;
  throw invalidInput("body", [{ path: "model", message }]);
}
