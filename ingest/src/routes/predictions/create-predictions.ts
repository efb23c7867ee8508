import { batchAnswerSchema, identifierSchema, predictionSchema } from "@leeway/core/wire";
import { z } from "zod";
import { ingestEvents } from "../../events/ingest-events.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** createPredictions is `POST /v1/predictions`. */
export function createPredictions({ ingest, lanes }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/predictions",
    tag: "events",
    summary: "Record predictions; answered once the accepted ones are durable",
    scope: "ingest",
    query: z.object({ batch_id: identifierSchema.optional() }),
    body: {
      schema: z.object({
        batch_id: identifierSchema.optional(),
        predictions: z.array(predictionSchema),
      }),
      reads: "stream",
      mediaTypes: ["application/x-ndjson"],
    },
    answer: batchAnswerSchema,
    handle: ({ principal, source, query }) =>
      ingestEvents(ingest, lanes.predictions, { principal, source, batchId: query.batch_id }),
  });
}
