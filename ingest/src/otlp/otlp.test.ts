import { describe, expect, it } from "vitest";
import { createSampleReader } from "../events/read-sample.ts";
import { exportRequestSchema } from "./export-request.ts";
import { loadMessageTypes } from "./message-types.ts";
import { createOtlpEncoding } from "./otlp-encoding.ts";
import { readDataPoints } from "./read-data-points.ts";

const AT = Date.UTC(2026, 0, 5);
const NANOS = `${AT}000000`;
const at = { timeUnixNano: NANOS };
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

function read(metrics: object[], resource: object[] = []) {
  const request = { resourceMetrics: [{ resource: { attributes: resource }, scopeMetrics: [{ metrics }] }] };
  return readDataPoints(exportRequestSchema.parse(request)).map(({ sample }) => sample);
}

describe("data points", () => {
  it("become samples of the model, version and replica that their attributes name, the point's own first", () => {
    const point = { ...at, asDouble: 3, attributes: [text("model_name", "llama"), text("engine", "0")] };
    const resource = [text("leeway.version", "7"), text("host.name", "node-3"), text("model_name", "other")];
    expect(read([{ name: "vllm:num_requests_waiting", gauge: { dataPoints: [point] } }], resource)).toEqual([
      {
        ...{ timestamp: AT, model: "llama", version: "7", replica: "node-3", unit: "", value: 3 },
        ...{ metric: "vllm:num_requests_waiting", kind: "gauge", attributes: { engine: "0" } },
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
