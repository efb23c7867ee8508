import { gzipSync } from "node:zlib";
import { OTLPMetricExporter as JsonExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPMetricExporter as ProtobufExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import {
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from "@opentelemetry/sdk-metrics";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_KEY, type IngestServices, startIngestServices } from "./start-services.ts";

let services: IngestServices;
beforeAll(async () => {
  services = await startIngestServices();
});
afterAll(async () => {
  await services?.stop();
});

const at = Date.now();
const nanos = `${at}000000`;
const gauge = (name: string, asDouble: number) => ({
  name,
  gauge: { dataPoints: [{ timeUnixNano: nanos, asDouble }] },
});
const bodyOf = (...metrics: object[]) =>
  JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });

function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  return fetch(`${services.url}/v1/metrics`, {
    method: "POST",
    headers: { authorization: `Bearer ${API_KEY}`, "content-type": "application/json", ...headers },
    body,
  });
}

async function stored(model: string) {
  const answer = await services.database.store.client.query({
    query: `SELECT metric, kind, value, sum, toUInt32(count) AS count, arrayMap(x -> toString(x), bucket_edges) AS edges, arrayMap(x -> toUInt32(x), bucket_counts) AS counts, replica, version, attributes
      FROM telemetry FINAL WHERE model = {model:String} ORDER BY metric`,
    query_params: { model },
    format: "JSONEachRow",
  });
  return answer.json<Record<string, unknown>>();
}

describe("OpenTelemetry's own exporters", () => {
  it.each([
    ["JSON", JsonExporter, "none"],
    ["JSON, gzip", JsonExporter, "gzip"],
    ["protobuf", ProtobufExporter, "none"],
    ["protobuf, gzip", ProtobufExporter, "gzip"],
  ] as const)("deliver what was recorded, as %s", async (name, Exporter, compression) => {
    const model = `model-${name}`;
    const exporter: PushMetricExporter = new Exporter({
      url: `${services.url}/v1/metrics`,
      headers: { authorization: `Bearer ${API_KEY}` },
      compression: compression as never,
    });
    const results: unknown[] = [];
    const provider = new MeterProvider({
      readers: [
        new PeriodicExportingMetricReader({
          exporter: listened(exporter, results),
          exportIntervalMillis: 600_000,
        }),
      ],
      views: [
        {
          instrumentName: "h.explicit",
          aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [1, 10] } },
        },
        { instrumentName: "h.exponential", aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
      ],
    });
    const meter = provider.getMeter("test");
    const who = { "leeway.model": model, "leeway.version": "2", "leeway.replica": "r1" };
    meter.createCounter("c.requests").add(3, { ...who, route: "/x" });
    meter.createUpDownCounter("c.running").add(-2, who);
    meter.createGauge("g.load").record(0.5, who);
    for (const value of [0.5, 5, 50]) {
      meter.createHistogram("h.explicit").record(value, who);
      meter.createHistogram("h.exponential").record(value, who);
    }
    await provider.shutdown();
    expect(results[0]).toMatchObject({ code: 0 });
    const rows = await stored(model);
    expect(rows).toMatchObject([
      {
        metric: "c.requests",
        kind: "counter",
        value: 3,
        replica: "r1",
        version: "2",
        attributes: { route: "/x" },
      },
      { metric: "c.running", kind: "gauge", value: -2 },
      { metric: "g.load", kind: "gauge", value: 0.5 },
      { metric: "h.explicit", sum: 55.5, count: 3, edges: ["1", "10", "inf"], counts: [1, 2, 3] },
      { metric: "h.exponential", sum: 55.5, count: 3 },
    ]);
    const { edges, counts } = rows.at(-1) as { edges: string[]; counts: number[] };
    expect(edges.at(-1)).toBe("inf");
    expect(counts.at(-1)).toBe(3);
    const edgeOf = (count: number) => Number(edges[counts.indexOf(count)]);
    for (const [index, value] of [0.5, 5, 50].entries()) {
      expect(edgeOf(index + 1) / value).toBeGreaterThanOrEqual(1);
      expect(edgeOf(index + 1) / value).toBeLessThan(1.1);
    }
  });
});

function listened(exporter: PushMetricExporter, results: unknown[]): PushMetricExporter {
  return {
    ...{ forceFlush: () => exporter.forceFlush(), shutdown: () => exporter.shutdown() },
    export: (metrics, done) =>
      exporter.export(metrics, (result) => {
        results.push(result);
        done(result);
      }),
  };
}

describe("POST /v1/metrics", () => {
  it("counts a data point that is sent again once", async () => {
    const metric = {
      name: "again",
      gauge: {
        dataPoints: [
          {
            timeUnixNano: nanos,
            asDouble: 1,
            attributes: [{ key: "leeway.model", value: { stringValue: "again" } }],
          },
        ],
      },
    };
    for (let time = 0; time < 3; time++) expect((await post(bodyOf(metric))).status).toBe(200);
    const answer = await services.database.store.client.query({
      query: "SELECT count() AS rows FROM telemetry WHERE model = 'again'",
      format: "JSONEachRow",
    });
    expect(Number((await answer.json<{ rows: string }>())[0]?.rows)).toBe(1);
  });

  it("says how many data points were refused and why, and keeps the others", async () => {
    const delta = {
      name: "d",
      sum: { dataPoints: [{ timeUnixNano: nanos, asInt: 1 }], aggregationTemporality: 1 },
    };
    const answer = await post(bodyOf(gauge("fine", 1), delta));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      partialSuccess: {
        rejectedDataPoints: "1",
        errorMessage: expect.stringMatching(/^d: delta temporality/),
      },
    });
  });

  it("refuses by status in the request's encoding: no key, other forms, broken or too large bodies", async () => {
    const status = async (answer: Response) => [
      answer.status,
      answer.headers.get("content-type")?.split(";")[0],
    ];
    expect(await status(await post("{}", { authorization: "Bearer lw_wrong" }))).toEqual([
      401,
      "application/json",
    ]);
    expect(await status(await post("{", {}))).toEqual([400, "application/json"]);
    expect(
      await status(await post(Uint8Array.from([10, 200, 1]), { "content-type": "application/x-protobuf" })),
    ).toEqual([...[400, "application/x-protobuf"]]);
    expect(await status(await post("x", { "content-type": "text/plain" }))).toEqual([
      415,
      "application/problem+json",
    ]);
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32));
    expect(await status(await post(Uint8Array.from(bomb), { "content-encoding": "gzip" }))).toEqual([
      413,
      "application/json",
    ]);
    const wrong = await post(JSON.stringify({ resourceMetrics: [{ scopeMetrics: 1 }] }));
    expect(await wrong.json()).toMatchObject({ code: 3, message: expect.stringContaining("scopeMetrics") });
  });
});
