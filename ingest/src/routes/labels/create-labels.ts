import { batchAnswerSchema, identifierSchema, labelSchema } from "@leeway/core/wire";
import { z } from "zod";
import { ingestEvents } from "../../events/ingest-events.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** createLabels is `POST /v1/labels`. */
export function createLabels({ ingest, lanes }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/labels",
    tag: "events",
    summary: "Record delayed labels; answered once the accepted ones are durable",
    scope: "ingest",
    query: z.object({ batch_id: identifierSchema.optional() }),
    body: {
      schema: z.object({
        batch_id: identifierSchema.optional(),
        labels: z.array(labelSchema),
      }),
      reads: "stream",
      mediaTypes: ["application/x-ndjson"],
    },
    answer: batchAnswerSchema,
    handle: ({ principal, source, query }) =>
      ingestEvents(ingest, lanes.labels, { principal, source, batchId: query.batch_id }),
  });
}
