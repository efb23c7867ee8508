import { LeewayError } from "@leeway/core/errors";
import { evaluateResultSchema } from "@leeway/core/queue";
import { durationInput, nameSchema, timestampSchema } from "@leeway/core/wire";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const PATIENCE_MS = 570_000;

const body = z.strictObject({
  model: nameSchema,
  version: nameSchema.optional(),
  from: timestampSchema,
  to: timestampSchema,
  window: durationInput.optional(),
  raise: z.boolean().default(false),
});

/** evaluateWindows is `POST /v1/evaluate`. */
export function evaluateWindows({ store, queues }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/evaluate",
    tag: "evaluations",
    summary: "Evaluate windows now, in order, as the schedule would have; answered when done",
    scope: "admin",
    body: { schema: body, reads: "json" },
    answer: evaluateResultSchema,
    async handle({ body: { model, ...range }, principal }) {
      const { project } = principal;
      if (range.from >= range.to) {
        const problems = [{ path: "to", message: "must be after from" }];
        throw new LeewayError("invalid_request", "to: must be after from", { problems });
      }
      const versions = await store.activity.versions(project, model);
      const isKnown = versions.some(
        ({ version }) => range.version === undefined || version === range.version,
      );
      if (!isKnown) {
        const name = range.version === undefined ? model : `${model} ${range.version}`;
        throw new LeewayError("not_found", `no prediction of ${name} was ever received`);
      }
      const { version, window, ...rest } = range;
      return queues.evaluate(
        {
          project,
          model,
          range: {
            ...rest,
            ...(version === undefined ? {} : { version }),
            ...(window === undefined ? {} : { window }),
          },
        },
        PATIENCE_MS,
      );
    },
  });
}
