import { labelSchema, predictionSchema, telemetrySampleSchema } from "@leeway/core/wire";
import { createLeeway, type HttpRequest, type LeewayOptions } from "@leeway/sdk";
import { describe, expect, it } from "vitest";

/** recordAll records with a real client and returns what it would have sent, by kind. */
async function recordAll(
  record: (leeway: ReturnType<typeof createLeeway>) => void,
  options: Partial<LeewayOptions> = {},
): Promise<Record<string, unknown[]>> {
  const sent: Record<string, unknown[]> = { predictions: [], labels: [], samples: [] };
  const post = async (request: HttpRequest) => {
    const { batch_id, ...body } = JSON.parse(request.body as string) as Record<string, unknown[]>;
    expect(batch_id).toBeTypeOf("string");
    for (const [kind, events] of Object.entries(body)) sent[kind]?.push(...events);
    const accepted = Object.values(body).flat().length;
    return { status: 200, retryAfter: null, body: JSON.stringify({ accepted, duplicate: 0, rejected: [] }) };
  };
  const leeway = createLeeway(
    { url: "http://127.0.0.1:1", apiKey: "k", model: "m", version: "1", ...options },
    {
      now: Date.now,
      monotonicMs: () => performance.now(),
      random: Math.random,
      schedule: (delayMs, task) => {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
      post,
      beforeExit: () => () => undefined,
      atExit: () => () => undefined,
      replica: "host-1",
      warn: () => undefined,
    },
  );
  record(leeway);
  await leeway.close();
  return sent;
}

describe("what the SDK sends", () => {
  it("is a prediction by the server's own schema, with every field filled", async () => {
    const { predictions } = await recordAll((leeway) => {
      leeway.predict({ features: {}, prediction: {} });
      leeway.predict({
        features: { a: 1.5, b: "text", c: true, d: null, e: undefined, f: Number.NaN },
        prediction: { label: true, score: 0.5, scores: { x: 0.5, y: 0.5 }, value: -3 },
        timestamp: "2026-01-31T12:00:00Z",
        latencyMs: 12.5,
        error: "x".repeat(10_000),
        tags: { region: "eu", shard: 3, canary: false },
        embeddings: { text: Float32Array.of(0.25, 0.5) },
        environment: "shadow",
      });
    });
    const [plain, full] = (predictions ?? []).map((event) => predictionSchema.parse(event));
    expect(plain).toMatchObject({ environment: "production", model: "m", version: "1" });
    expect(full).toMatchObject({
      timestamp: Date.UTC(2026, 0, 31, 12),
      features: { a: 1.5, b: "text", c: true, d: null, f: null },
      tags: { region: "eu", shard: "3", canary: "false" },
      embeddings: { text: [0.25, 0.5] },
      environment: "shadow",
    });
  });

  it("carries a weight the schema takes when sampling", async () => {
    const { predictions } = await recordAll(
      (leeway) => {
        for (let n = 0; n < 2_000; n++) leeway.predict({ features: {}, prediction: {} });
      },
      { sampleRate: 0.01 },
    );
    expect(predictions?.length).toBeGreaterThan(0);
    for (const event of predictions ?? []) expect(predictionSchema.parse(event).weight).toBe(100);
  });

  it("is a label, and a sample, by the server's own schema", async () => {
    const { labels, samples } = await recordAll((leeway) => {
      leeway.label({ predictionId: "p", label: false });
      leeway.label({ predictionId: "p", value: 2, timestamp: new Date(1_767_225_600_000) });
      leeway.telemetry({ metric: "queue", kind: "gauge", unit: "1", value: 3, attributes: { gpu_index: 0 } });
      leeway.telemetry({
        metric: "latency",
        kind: "histogram",
        unit: "seconds",
        buckets: [
          { le: 0.1, count: 3 },
          { le: "+Inf", count: 4 },
        ],
        sum: 0.5,
        count: 4,
      });
    });
    expect(labels?.map((event) => labelSchema.parse(event))).toMatchObject([
      { prediction_id: "p", model: "m", label: false },
      { prediction_id: "p", value: 2, timestamp: 1_767_225_600_000 },
    ]);
    expect(samples?.map((event) => telemetrySampleSchema.parse(event))).toMatchObject([
      { metric: "queue", replica: "host-1", model: "m", version: "1", attributes: { gpu_index: "0" } },
      { metric: "latency", buckets: [{ le: 0.1 }, { le: "+Inf" }] },
    ]);
  });

  it("reports drops and what sampling left out as samples the schema takes", async () => {
    const { samples } = await recordAll(
      (leeway) => {
        for (let n = 0; n < 500; n++) leeway.predict({ features: {}, prediction: {} });
      },
      { bufferCapacity: 10, sampleRate: 0.5 },
    );
    const values = samples?.map((event) => telemetrySampleSchema.parse(event)).map(({ metric }) => metric);
    expect(values).toEqual(["leeway_sdk_dropped_events", "leeway_sdk_sampled_out_events"]);
  });
});
