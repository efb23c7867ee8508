import { describe, expect, it } from "vitest";
import { createSampleReader } from "../events/read-sample.ts";
import { envelopeSchema } from "./export-request.ts";
import { loadMessageTypes } from "./message-types.ts";
import { createOtlpEncoding } from "./otlp-encoding.ts";
import { readDataPoints } from "./read-data-points.ts";

const AT = Date.UTC(2026, 0, 5);
const NANOS = `${AT}000000`;
const at = { timeUnixNano: NANOS };
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

function read(metrics: object[], resource: object[] = []) {
  const request = { resourceMetrics: [{ resource: { attributes: resource }, scopeMetrics: [{ metrics }] }] };
  return readDataPoints(envelopeSchema.parse(request)).map(({ sample }) => sample);
}

describe("data points", () => {
  it("become samples of the model, version and replica that their attributes name, the point's own first", () => {
    const point = { ...at, asDouble: 3, attributes: [text("model_name", "llama"), text("engine", "0")] };
    const resource = [text("leeway.version", "7"), text("host.name", "node-3"), text("model_name", "other")];
    expect(read([{ name: "vllm:num_requests_waiting", gauge: { dataPoints: [point] } }], resource)).toEqual([
      {
        ...{ timestamp: AT, model: "llama", version: "7", replica: "node-3", unit: "requests", value: 3 },
        ...{ metric: "requests_waiting", kind: "gauge", attributes: { engine: "0", source: "vllm" } },
      },
    ]);
  });

  it("are counters where a sum only grows, gauges where it may fall, and refused where it is a delta", () => {
    const sum = (isMonotonic: boolean, aggregationTemporality: number) => ({
      name: "s",
      sum: { dataPoints: [{ ...at, asInt: "5" }], isMonotonic, aggregationTemporality },
    });
    expect(read([sum(true, 2), sum(false, 2), sum(true, 1), sum(true, 0)])).toMatchObject([
      { kind: "counter", value: 5 },
      { kind: "gauge", value: 5 },
      { code: "invalid_event", message: /delta/ },
      { code: "invalid_event", message: /not given/ },
    ]);
  });

  it("have cumulative buckets, the last one open", () => {
    const point = { ...at, count: "6", sum: 12.5, bucketCounts: ["1", 2, "3"], explicitBounds: [1, 5] };
    const bad = { ...point, explicitBounds: [1] };
    const histogram = { dataPoints: [point, bad], aggregationTemporality: 2 };
    const buckets = [
      { le: 1, count: 1 },
      { le: 5, count: 3 },
      { le: "+Inf", count: 6 },
    ];
    expect(read([{ name: "h", unit: "s", histogram }])).toMatchObject([
      { kind: "histogram", buckets, sum: 12.5, count: 6, unit: "s" },
      { code: "invalid_event" },
    ]);
  });

  it("have their exponential buckets laid out from the most negative bound to the largest", () => {
    const point = {
      ...{ ...at, count: 10, scale: 0, zeroCount: 2, zeroThreshold: 0.25 },
      ...{
        positive: { offset: 1, bucketCounts: [3, 0, 0, 0, 1] },
        negative: { offset: 0, bucketCounts: [4] },
      },
    };
    const [sample] = read([
      { name: "e", exponentialHistogram: { dataPoints: [point], aggregationTemporality: 2 } },
    ]);
    expect(sample).toMatchObject({
      buckets: [
        { le: -1, count: 4 },
        { le: 0.25, count: 6 },
        { le: 4, count: 9 },
        { le: 32, count: 9 },
        { le: 64, count: 10 },
        { le: "+Inf", count: 10 },
      ],
    });
  });

  it("of GPUs get the names and units of the GPU panel, whoever reports them, and no reading that is none", () => {
    const gauge = (name: string, asDouble: number, attributes: object[] = []) => ({
      name,
      gauge: { dataPoints: [{ ...at, asDouble, attributes }] },
    });
    const dcgm = [text("gpu", "0"), text("UUID", "GPU-1"), text("modelName", "H200")];
    const samples = read([
      gauge("DCGM_FI_DEV_GPU_UTIL", 75, dcgm),
      gauge("DCGM_FI_DEV_FB_USED", 2, dcgm),
      gauge("hw.gpu.utilization", 0.5, [text("hw.id", "GPU-2")]),
      gauge("hw.gpu.utilization", 0.5, [text("hw.id", "GPU-2"), text("hw.gpu.task", "encoder")]),
      gauge("hw.temperature", 40, [text("hw.type", "fan")]),
      gauge("DCGM_FI_DEV_GPU_TEMP", 2 ** 47 + 2, dcgm),
      gauge("hw.power", 250, [text("hw.id", "GPU-2"), text("gpu.index", "1")]),
    ]);
    expect(samples).toMatchObject([
      {
        ...{ metric: "gpu_utilization", value: 0.75, unit: "ratio" },
        attributes: { gpu_index: "0", gpu_uuid: "GPU-1", gpu_name: "H200" },
      },
      { metric: "gpu_memory_used_bytes", value: 2_097_152 },
      { metric: "gpu_utilization", attributes: { gpu_uuid: "GPU-2" } },
      { metric: "hw.gpu.utilization" },
      { metric: "hw.temperature", value: 40 },
      { code: "invalid_event", message: /no value/ },
      { metric: "gpu_power_watts", value: 250, attributes: { gpu_uuid: "GPU-2", gpu_index: "1" } },
    ]);
  });

  it("of engines and of the GenAI conventions get the names and units of the quantities, each counted once", () => {
    const histogram = (name: string, attributes: object[], bounds: number[]) => {
      const point = { ...at, count: "3", sum: 500, bucketCounts: [1, 2], explicitBounds: bounds, attributes };
      return { name, unit: "ms", histogram: { dataPoints: [point], aggregationTemporality: 2 } };
    };
    const gauge = (name: string) => ({ name, gauge: { dataPoints: [{ ...at, asDouble: 0.5 }] } });
    const model = [text("gen_ai.request.model", "chat")];
    const samples = read([
      histogram("ray_serve_http_request_latency_ms", [], [100]),
      histogram("gen_ai.server.time_to_first_token", model, [0.5]),
      histogram("gen_ai.client.token.usage", [...model, text("gen_ai.token.type", "output")], [64]),
      gauge("vllm:gpu_cache_usage_perc"),
      gauge("vllm:kv_cache_usage_perc"),
      histogram("vllm:num_requests_running", [], [1]),
    ]);
    const buckets = (le: number) => [
      { le, count: 1 },
      { le: "+Inf", count: 3 },
    ];
    expect(samples).toMatchObject([
      { metric: "request_latency_seconds", unit: "seconds", buckets: buckets(0.1), sum: 0.5, count: 3 },
      { metric: "time_to_first_token_seconds", model: "chat", buckets: buckets(0.5) },
      { metric: "request_tokens_out", unit: "tokens", model: "chat", buckets: buckets(64) },
      { metric: "vllm:gpu_cache_usage_perc", unit: "" },
      { metric: "kv_cache_utilization", unit: "ratio", value: 0.5 },
      { metric: "vllm:num_requests_running", kind: "histogram" },
    ]);
  });

  it("without a recorded value are left out, and what no sample can hold is refused by the check of samples", () => {
    const check = createSampleReader();
    const gauge = (point: object) => ({ name: "g", gauge: { dataPoints: [{ ...at, ...point }] } });
    const samples = read([
      gauge({ flags: 1 }),
      gauge({}),
      gauge({ asDouble: "NaN" }),
      gauge({ asDouble: 1, timeUnixNano: "0" }),
      gauge({ asDouble: 1, attributes: [text("a", "x".repeat(257))] }),
      { name: "q", summary: { dataPoints: [at] } },
    ]);
    expect(samples).toHaveLength(5);
    const codes = samples.map((sample) => ("code" in sample ? sample : check(sample, AT)));
    expect(codes.map((outcome) => ("code" in outcome ? outcome.code : "taken"))).toEqual([
      "invalid_event",
      "invalid_event",
      "timestamp_out_of_range",
      "invalid_event",
      "invalid_event",
    ]);
  });
});

describe("proto3's JSON", () => {
  const encoding = createOtlpEncoding(loadMessageTypes());
  const check = createSampleReader();
  const readJson = (json: string) =>
    readDataPoints(envelopeSchema.parse(encoding.read("application/json", Buffer.from(json)))).map(
      ({ sample }) => ("code" in sample ? sample : check(sample, AT)),
    );
  const request = (points: string, kind = "gauge", more = "") =>
    `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a","unit":"1","${kind}":{"dataPoints":[${points}]${more}}}]}]}]}`;
  const TIME = `"timeUnixNano":${NANOS}`;

  it.each([
    ["64-bit numbers as numbers", request(`{${TIME},"asDouble":3}`)],
    ["64-bit numbers as text", request(`{"timeUnixNano":"${NANOS}","asInt":"3"}`)],
    ["a double as text", request(`{${TIME},"asDouble":"3.0"}`)],
    ["an integer as a float", request(`{${TIME},"asInt":3.0}`)],
    [
      "null for every default",
      request(`{${TIME},"asDouble":3,"attributes":null,"flags":null,"exemplars":null}`),
    ],
    [
      "null around the points",
      `{"resourceMetrics":[{"resource":null,"scopeMetrics":[{"scope":null,"metrics":[{"name":"a","unit":null,"gauge":{"dataPoints":[{${TIME},"asDouble":3}]},"sum":null}]}],"schemaUrl":null},{"scopeMetrics":null}]}`,
    ],
    [
      "an enumeration by its name",
      request(
        `{${TIME},"asInt":"3"}`,
        "sum",
        ',"aggregationTemporality":"AGGREGATION_TEMPORALITY_CUMULATIVE"',
      ),
    ],
    [
      "ids and bytes in base64",
      request(
        `{${TIME},"asDouble":3,"exemplars":[{"traceId":"W47/95gDgQPSabYzgT/GDA=="}],"attributes":[{"key":"b","value":{"bytesValue":"AAE="}}]}`,
      ),
    ],
  ])("is read as the standard has it: %s", (_title, json) => {
    expect(readJson(json)).toMatchObject([{ value: 3, timestamp: AT }]);
  });

  it("loses no millisecond of a time that a double would round", () => {
    for (const nanos of ["1796080000000999999", "1796080000123000001"]) {
      const timestamp = Number(BigInt(nanos) / 1_000_000n);
      const points = readJson(
        request(`{"timeUnixNano":${nanos},"asInt":1},{"timeUnixNano":"${nanos}","asInt":1}`),
      );
      const kept = readDataPoints(
        envelopeSchema.parse(
          encoding.read("application/json", Buffer.from(request(`{"timeUnixNano":${nanos},"asInt":1}`))),
        ),
      );
      expect(kept[0]?.sample).toMatchObject({ timestamp });
      expect(points).toHaveLength(2);
    }
  });

  it.each([
    ["NaN", `{${TIME},"asDouble":NaN}`, /value/],
    ["an infinite value", `{${TIME},"asDouble":"Infinity"}`, /value/],
    ["a text for a number", `{${TIME},"asDouble":"many"}`, /asDouble/],
    ["a point that is none", "7", /object/],
    ["a bad time", '{"timeUnixNano":"yesterday","asDouble":1}', /timeUnixNano/],
    ["a negative time", '{"timeUnixNano":-5,"asDouble":1}', /timeUnixNano/],
    ["an attribute that is none", `{${TIME},"asDouble":1,"attributes":[7]}`, /attributes\.0/],
    ["a reserved attribute", `{${TIME},"asDouble":1,"attributes":[{"key":"__proto__"}]}`, /attributes/],
    [
      "half of a character",
      `{${TIME},"asDouble":1,"attributes":[{"key":"k","value":{"stringValue":"\\ud800"}}]}`,
      /attributes\.k/,
    ],
  ])("refuses %s alone, and takes the points beside it", (_title, bad, message) => {
    const good = `{${TIME},"asDouble":3}`;
    expect(readJson(request(`${good},${bad},${good}`))).toMatchObject([
      { value: 3 },
      { message: expect.stringMatching(message) },
      { value: 3 },
    ]);
  });

  it("refuses a metric or a resource that is none alone, too", () => {
    const good = `{"name":"a","gauge":{"dataPoints":[{${TIME},"asDouble":3}]}}`;
    const metrics = `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[5,{"name":"b","gauge":"x"},${good}]}]}]}`;
    expect(readJson(metrics)).toMatchObject([{ code: "invalid_event" }, { message: /gauge/ }, { value: 3 }]);
    const resources = `{"resourceMetrics":[{"resource":7,"scopeMetrics":[{"metrics":[${good}]}]},{"scopeMetrics":[{"metrics":[${good}]}]}]}`;
    expect(readJson(resources)).toMatchObject([{ code: "invalid_event" }, { value: 3 }]);
  });

  it("reads a resource once, however many points it has", () => {
    const attributes = Array.from({ length: 2_000 }, (_unused, at) => text(`k${at}`, "v"));
    let reads = 0;
    const counted = attributes.map(({ key, value }) => ({
      key,
      get value() {
        reads++;
        return value;
      },
    }));
    const points = Array.from({ length: 2_000 }, () => ({ ...at, asDouble: 1 }));
    expect(read([{ name: "g", gauge: { dataPoints: points } }], counted)).toHaveLength(2_000);
    expect(reads).toBeLessThan(10_000);
  });

  it("refuses shares that are none under the metric's name, whatever the exporter calls it", () => {
    const shares = [
      "DCGM_FI_DEV_GPU_UTIL",
      "hw.gpu.utilization",
      "nv_gpu_utilization",
      "app.gpu.utilization",
    ];
    for (const name of shares) {
      for (const value of [4_294_967_295, 808_334_905, -1]) {
        const metric = { name, unit: "1", gauge: { dataPoints: [{ ...at, asDouble: value }] } };
        const [sample] = read([metric]).map((one) => ("code" in one ? one : check(one, AT)));
        expect([name, value, sample]).toEqual([
          name,
          value,
          expect.objectContaining({ code: expect.any(String) }),
        ]);
      }
    }
  });
});

describe("both encodings", () => {
  const types = loadMessageTypes();
  const encoding = createOtlpEncoding(types);
  const problem = {
    type: "t",
    title: "x",
    status: 503,
    code: "store_unavailable",
    detail: "away",
    request_id: "r",
  } as const;

  it("answer in the request's own, a wholly taken request with an empty message", () => {
    expect(encoding.answer({}, "application/x-protobuf").bytes).toHaveLength(0);
    expect(encoding.answer({}, "application/json").bytes).toBe("{}");
    const partial = { partialSuccess: { rejectedDataPoints: "2", errorMessage: "no" } };
    const { bytes } = encoding.answer(partial, "application/x-protobuf");
    expect([...bytes]).toEqual([10, 6, 8, 2, 18, 2, 110, 111]);
  });

  it("tell a problem as a status, and as a problem document to those who speak neither", () => {
    expect(encoding.problem(problem, "application/json")?.bytes).toBe('{"code":14,"message":"away"}');
    expect([...(encoding.problem(problem, "application/x-protobuf")?.bytes ?? [])]).toEqual([
      ...[8, 14, 18, 4],
      ...Buffer.from("away"),
    ]);
    expect(encoding.problem(problem, "")).toBeUndefined();
  });

  it("refuse what is not a message", () => {
    expect(() => types.readRequest(Buffer.from([10, 200, 1]))).toThrow(/not an ExportMetricsServiceRequest/);
    expect(() => encoding.read("application/json", Buffer.from("{"))).toThrow(/not JSON/);
    expect(() => encoding.read("text/plain", Buffer.from("x"))).toThrow(/Content-Type/);
  });
});
