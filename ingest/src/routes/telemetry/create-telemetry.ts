import { batchAnswerSchema, identifierSchema, telemetrySampleSchema } from "@leeway/core/wire";
import { z } from "zod";
import { ingestEvents } from "../../events/ingest-events.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** createTelemetry is `POST /v1/telemetry`. */
export function createTelemetry({ ingest, lanes }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/telemetry",
    tag: "events",
    summary: "Record telemetry samples; answered once the accepted ones are durable",
    scope: "ingest",
    query: z.object({ batch_id: identifierSchema.optional() }),
    body: {
      schema: z.object({
        batch_id: identifierSchema.optional(),
        samples: z.array(telemetrySampleSchema),
      }),
      reads: "stream",
      mediaTypes: ["application/x-ndjson"],
    },
    answer: batchAnswerSchema,
    handle: ({ principal, source, query }) =>
      ingestEvents(ingest, lanes.telemetry, { principal, source, batchId: query.batch_id }),
  });
}
