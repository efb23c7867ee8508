import { LeewayError } from "@leeway/core/errors";
import { parseInput } from "@leeway/core/input";
import type { BatchAnswer } from "@leeway/core/wire";
import { mediaTypeOf } from "../../body/body-source.ts";
import { isDeeperThan } from "../../body/json-depth.ts";
import { readBody } from "../../body/read-body.ts";
import { Refusal } from "../../events/read-outcome.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import {
  type ExportEnvelope,
  type ExportResponse,
  envelopeSchema,
  exportRequestSchema,
  exportResponseSchema,
} from "../../otlp/export-request.ts";
import { loadMessageTypes } from "../../otlp/message-types.ts";
import { createOtlpEncoding } from "../../otlp/otlp-encoding.ts";
import { type DataPoint, readDataPoints } from "../../otlp/read-data-points.ts";
import type { RouteDeps } from "../route-deps.ts";

const DEPTH_LIMIT = 32;
const REASONS_TOLD = 5;

/** createMetrics is `POST /v1/metrics`: OTLP over HTTP, kept as the samples of `POST /v1/telemetry` are. */
export function createMetrics({ ingest, lanes }: RouteDeps): Route {
  const encoding = createOtlpEncoding(loadMessageTypes());
  return defineRoute({
    method: "POST",
    path: "/v1/metrics",
    tag: "events",
    summary: "Record OpenTelemetry metrics (OTLP/HTTP); answered once the accepted data points are durable",
    scope: "ingest",
    body: { schema: exportRequestSchema, reads: "stream", mediaTypes: ["application/x-protobuf"] },
    answer: exportResponseSchema,
    encoding,
    async handle({ principal, source }) {
      const { limits, budget, limiter, gate } = ingest;
      gate.check();
      limiter.check(principal.project);
      const { bytes, release } = await readBody(
        source,
        { maxBytes: limits.bodyBytes, maxMs: limits.bodyMs },
        budget,
      );
      try {
        const points = readDataPoints(parseRequest(encoding.read(mediaTypeOf(source.contentType), bytes)));
        if (points.length > limits.streamEvents) {
          throw new LeewayError(
            "payload_too_large",
            `a request holds at most ${limits.streamEvents} data points`,
          );
        }
        await limiter.take(principal.project, points.length);
        const batch = lanes.telemetry.begin(principal.project);
        for (const [index, { sample }] of points.entries()) {
          if (sample instanceof Refusal) batch.refuse(index, sample);
          else batch.add(index, sample);
        }
        const answer = await batch.finish();
        ingest.onAnswer("telemetry", answer);
        return responseOf(answer, points);
      } finally {
        release();
      }
    },
  });
}

function parseRequest(document: unknown): ExportEnvelope {
  if (isDeeperThan(document, DEPTH_LIMIT)) {
    throw new LeewayError("invalid_request", `the body nests more than ${DEPTH_LIMIT} deep`);
  }
  return parseInput(envelopeSchema, document, "body");
}

function responseOf({ rejected }: BatchAnswer, points: readonly DataPoint[]): ExportResponse {
  if (rejected.length === 0) return {};
  const reasons = new Set(rejected.map(({ index, message }) => `${points[index]?.metric}: ${message}`));
  const told = [...reasons].slice(0, REASONS_TOLD);
  const more = reasons.size > told.length ? [`and ${reasons.size - told.length} other reasons`] : [];
  return {
    partialSuccess: {
      rejectedDataPoints: String(rejected.length),
      errorMessage: [...told, ...more].join("; ").slice(0, 2_000),
    },
  };
}
