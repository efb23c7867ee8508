import { labelSchema, predictionSchema, TEXT_PATTERNS, telemetrySampleSchema } from "@leeway/core/wire";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLabelReader } from "./read-label.ts";
import { Refusal } from "./read-outcome.ts";
import { createPredictionReader } from "./read-prediction.ts";
import { createSampleReader } from "./read-sample.ts";

const NOW = Date.UTC(2026, 0, 15);
const PREDICTION = {
  id: "p-1",
  timestamp: NOW,
  model: "flights",
  version: "v1",
  features: { distance: 1 },
  prediction: { score: 0.5 },
};

const readPrediction = createPredictionReader();
const readLabel = createLabelReader();
const readSample = createSampleReader();

describe("spellings", () => {
  const label = (value: unknown) =>
    readLabel({ prediction_id: "p-1", model: "flights", timestamp: NOW, label: value }, NOW);

  it.each([
    [1, "1"],
    ["1.0", "1"],
    ["True", "true"],
    [false, "false"],
    ["007", "007"],
    ["Fraud", "Fraud"],
  ])("of a label %j give one class", (value, name) => {
    expect(label(value)).toMatchObject({ label: name });
    expect(readPrediction({ ...PREDICTION, prediction: { label: value } }, NOW)).toMatchObject({
      prediction: { label: name },
    });
  });

  it.each(["NaN", "nan", "NA", "N/A", "None", "null", "", " "])(
    "%j is no label, and the sender is answered so",
    (value) => {
      expect(label(value)).toEqual({
        code: "invalid_event",
        message: `label: expected label or value; ${JSON.stringify(value)} says that there is none`,
      });
      expect(readPrediction({ ...PREDICTION, prediction: { label: value, score: 0.5 } }, NOW)).toMatchObject({
        prediction: { score: 0.5 },
      });
    },
  );

  it("of class scores follow their classes, and one class cannot have two scores", () => {
    const scored = (scores: object) => readPrediction({ ...PREDICTION, prediction: { scores } }, NOW);
    expect(scored({ "1.0": 0.75, False: 0.25 })).toMatchObject({
      prediction: { scores: { "1": 0.75, false: 0.25 } },
    });
    expect(scored({ "1.0": 0.75, "1": 0.25 })).toEqual({
      code: "invalid_event",
      message: 'prediction.scores: "1" is given in two spellings',
    });
  });
});

describe("the compiled check of a prediction", () => {
  it.each([
    ["no id", { id: undefined }, "id: is required"],
    ["an empty id", { id: "" }, "id: must NOT have fewer than 1 characters"],
    ["a control character", { model: "a\u0000b" }, `model: ${TEXT_PATTERNS.name.message}`],
    ["a long version", { version: "v".repeat(129) }, "version: must NOT have more than 128 characters"],
    [
      "an unknown environment",
      { environment: "prod" },
      "environment: must be one of production, staging, shadow",
    ],
    ["a score above 1", { prediction: { score: 1.5 } }, "prediction.score: must be <= 1"],
    ["features that are a list", { features: [1] }, "features: must be object"],
    ["a negative latency", { latency_ms: -1 }, "latency_ms: must be >= 0"],
    ["a number for a tag", { tags: { region: 7 } }, "tags.region: must be string"],
    ["text in an embedding", { embeddings: { e: ["x"] } }, "embeddings.e.0: must be number"],
    [
      "an infinite number",
      { prediction: { value: Number.POSITIVE_INFINITY } },
      "prediction.value: must be number",
    ],
  ])("names the field for %s", (_title, change, message) => {
    const value = JSON.parse(
      JSON.stringify({ ...PREDICTION, ...change }).replace(":null", ":1e400"),
    ) as unknown;
    expect(readPrediction(value, NOW)).toEqual({ code: "invalid_event", message });
  });

  it.each([
    ["1970", "1970-01-01T00:00:00Z"],
    ["2262", "2262-04-12T00:00:00Z"],
    ["no month", "0000-00-00T00:00:00Z"],
    ["30 February", "2026-02-30T10:00:00Z"],
    ["29 February of an ordinary year", "2026-02-29T10:00:00Z"],
    ["31 April", "2026-04-31T23:59:59+02:00"],
    ["day 0", "2026-01-00T00:00:00Z"],
    ["month 13", "2026-13-01T00:00:00Z"],
    ["hour 24", "2026-01-01T24:00:00Z"],
    ["second 60", "2026-01-01T23:59:60Z"],
    ["a wild offset", "2026-01-01T00:00:00+99:99"],
    ["seconds for milliseconds", 1_768_000_000],
    ["microseconds for milliseconds", 1_768_000_000_000_000],
    ["three days ahead", NOW + 3 * 86_400_000],
  ])("refuses a timestamp of %s with a reason", (_title, timestamp) => {
    expect(readPrediction({ ...PREDICTION, timestamp }, NOW)).toMatchObject({
      code: "timestamp_out_of_range",
    });
  });

  it("keeps an event of a client whose clock is a day fast", () => {
    const outcome = readPrediction({ ...PREDICTION, timestamp: NOW + 86_400_000 }, NOW);
    expect(outcome instanceof Refusal).toBe(false);
  });

  it("ignores fields it does not know, unless they nest too deep", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(readPrediction({ ...PREDICTION, extra: { a: 1 } }, NOW) instanceof Refusal).toBe(false);
    expect(readPrediction({ ...PREDICTION, extra: deep }, NOW)).toMatchObject({ code: "too_deep" });
  });

  it("agrees with the zod schema on everything but features, which the encoder checks", () => {
    const odd = fc.oneof(
      fc.string({ maxLength: 300, unit: "binary" }),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constant(undefined),
      fc.dictionary(fc.string({ maxLength: 4 }), fc.double()),
      fc.array(fc.double()),
    );
    const field = fc.constantFrom(
      ...[
        "id",
        "model",
        "version",
        "environment",
        "prediction",
        "latency_ms",
        "error",
        "weight",
        "tags",
        "embeddings",
      ],
    );
    fc.assert(
      fc.property(field, odd, (name, value) => {
        const event = { ...PREDICTION, [name]: value };
        const isValid = predictionSchema.safeParse(event).success;
        expect(readPrediction(structuredClone(event), NOW) instanceof Refusal).toBe(!isValid);
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });
});

describe("texts and names of any event", () => {
  const label = { prediction_id: "p", model: "m", label: "yes", timestamp: NOW };
  const sample = { timestamp: NOW, replica: "r", metric: "m", unit: "1", kind: "gauge", value: 1 };
  const holders: [string, (text: string) => unknown][] = [
    ["id", (id) => readPrediction({ ...PREDICTION, id }, NOW)],
    ["model", (model) => readPrediction({ ...PREDICTION, model }, NOW)],
    ["version", (version) => readPrediction({ ...PREDICTION, version }, NOW)],
    ["prediction.label", (name) => readPrediction({ ...PREDICTION, prediction: { label: name } }, NOW)],
    ["error", (error) => readPrediction({ ...PREDICTION, error }, NOW)],
    ["tags.region", (region) => readPrediction({ ...PREDICTION, tags: { region } }, NOW)],
    ["prediction_id", (id) => readLabel({ ...label, prediction_id: id }, NOW)],
    ["label", (name) => readLabel({ ...label, label: name }, NOW)],
    ["replica", (replica) => readSample({ ...sample, replica }, NOW)],
    ["metric", (metric) => readSample({ ...sample, metric }, NOW)],
    ["unit", (unit) => readSample({ ...sample, unit }, NOW)],
    ["attributes.gpu", (gpu) => readSample({ ...sample, attributes: { gpu } }, NOW)],
  ];

  it.each(holders)("refuse half of a surrogate pair in %s, by name", (path, read) => {
    expect(read("ok 😀")).not.toBeInstanceOf(Refusal);
    for (const text of ["\ud800", "a\udc00b", "😀\ud83d"]) {
      expect(read(text)).toMatchObject({
        message: expect.stringMatching(`^${path}: must not hold .*surrogate`),
      });
    }
  });

  const named = (name: string, value: unknown) =>
    JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) as object;
  const maps: [string, (name: string) => unknown][] = [
    [
      "prediction.scores",
      (name) => readPrediction({ ...PREDICTION, prediction: { scores: named(name, 0.5) } }, NOW),
    ],
    ["tags", (name) => readPrediction({ ...PREDICTION, tags: named(name, "x") }, NOW)],
    ["embeddings", (name) => readPrediction({ ...PREDICTION, embeddings: named(name, [1]) }, NOW)],
    ["attributes", (name) => readSample({ ...sample, attributes: named(name, "x") }, NOW)],
  ];
  it.each(maps)(
    "refuse __proto__, halves of characters, control characters and long names in %s",
    (path, read) => {
      expect(read("constructor")).not.toBeInstanceOf(Refusal);
      for (const name of ["__proto__", "\ud800", "\u0007", "", "n".repeat(129)]) {
        expect([name, read(name)]).toEqual([name, expect.objectContaining({ code: "invalid_event" })]);
        expect((read(name) as Refusal).message.startsWith(path)).toBe(true);
      }
    },
  );
});

describe("an optional member that is null", () => {
  const NULLS: [
    string,
    object,
    (value: unknown) => unknown,
    { safeParse(value: unknown): { success: boolean; data?: unknown } },
  ][] = [
    ...["environment", "latency_ms", "error", "weight", "tags", "embeddings"].map(
      (field) =>
        [
          field,
          { ...PREDICTION, [field]: null },
          (value: unknown) => readPrediction(value, NOW),
          predictionSchema,
        ] as never,
    ),
    ...["label", "score", "scores", "value"].map(
      (field) =>
        [
          `prediction.${field}`,
          { ...PREDICTION, prediction: { [field]: null } },
          (value: unknown) => readPrediction(value, NOW),
          predictionSchema,
        ] as never,
    ),
    [
      "a tag",
      { ...PREDICTION, tags: { region: null } },
      (value) => readPrediction(value, NOW),
      predictionSchema,
    ],
    [
      "a label's value",
      { prediction_id: "p", model: "m", timestamp: NOW, label: 1, value: null },
      (value) => readLabel(value, NOW),
      labelSchema,
    ],
    [
      "a label's label",
      { prediction_id: "p", model: "m", timestamp: NOW, label: null, value: 1 },
      (value) => readLabel(value, NOW),
      labelSchema,
    ],
    ...["model", "version", "buckets", "sum", "count", "attributes"].map(
      (field) =>
        [
          `a sample's ${field}`,
          { timestamp: NOW, replica: "r", metric: "m", unit: "1", kind: "gauge", value: 1, [field]: null },
          (value: unknown) => readSample(value, NOW),
          telemetrySampleSchema,
        ] as never,
    ),
  ];
  it.each(NULLS)("is absent: %s", (_title, event, read, schema) => {
    expect(schema.safeParse(event)).toMatchObject({ success: true });
    const outcome = read(structuredClone(event));
    expect(outcome).not.toBeInstanceOf(Refusal);
    expect(JSON.stringify(outcome)).not.toContain("null");
  });

  it("does not stand for what is required", () => {
    for (const field of ["id", "timestamp", "model", "version", "features", "prediction"]) {
      expect(readPrediction({ ...PREDICTION, [field]: null }, NOW)).toMatchObject({
        message: expect.stringMatching(`^${field}: `),
      });
    }
    const bare = { prediction_id: "p", model: "m", timestamp: NOW, label: null, value: null };
    expect(readLabel(bare, NOW)).toMatchObject({ message: "label: expected label or value" });
  });
});

describe("a member that no schema knows", () => {
  it("is left out and its name is noted", () => {
    const noted: unknown[] = [];
    const note = (model: string, names: readonly string[]) => noted.push([model, names]);
    const odd = { ...PREDICTION, latency: 3, prediction: { score: 0.5, probability: 0.5 } };
    expect(readPrediction(odd, NOW, note)).not.toBeInstanceOf(Refusal);
    readLabel({ prediction_id: "p", model: "m", label: 1, timestamp: NOW, source: "x" }, NOW, note);
    readSample(
      { timestamp: NOW, replica: "r", metric: "m", unit: "1", kind: "gauge", value: 1, host: "h" },
      NOW,
      note,
    );
    readPrediction({ ...PREDICTION, id: "", latency: 3 }, NOW, note);
    expect(noted).toEqual([
      ["flights", ["latency", "prediction.probability"]],
      ["m", ["source"]],
      ["", ["host"]],
    ]);
  });
});

describe("a share", () => {
  const gauge = (metric: string, unit: string, value: number) =>
    readSample({ timestamp: NOW, replica: "r", metric, unit, kind: "gauge", value }, NOW);
  it.each([
    ["gpu_utilization", "ratio", 808_334_905],
    ["gpu_utilization", "ratio", -1],
    ["gpu_memory_bandwidth_utilization", "1", 42_949_672.95],
    ["DCGM_FI_DEV_GPU_UTIL", "", 4_294_967_295],
    ["hw.gpu.utilization", "1", 1.06],
    ["kv_cache", "percent", 105.5],
    ["kv_cache", "%", -0.1],
  ])("of %s in %s is refused at %d, by its metric's name", (metric, unit, value) => {
    expect(gauge(metric, unit, value)).toMatchObject({
      code: "share_out_of_range",
      message: expect.stringContaining(metric),
    });
  });
  it.each([
    ["gpu_utilization", "ratio", 1.05],
    ["gpu_utilization", "ratio", 0],
    ["DCGM_FI_DEV_GPU_UTIL", "", 100],
    ["kv_cache", "percent", 104],
    ["container.cpu.utilization", "%", 380],
    ["gpu_power_watts", "watts", 700],
    ["queue_length", "1", 12],
  ])("of %s in %s is taken at %d", (metric, unit, value) => {
    expect(gauge(metric, unit, value)).toMatchObject({ value });
  });
});

describe("labels and samples", () => {
  it("need a label or a value, and keep a class as text", () => {
    const label = { prediction_id: "p", model: "m", timestamp: NOW };
    expect(readLabel(label, NOW)).toEqual({
      code: "invalid_event",
      message: "label: expected label or value",
    });
    expect(readLabel({ ...label, label: true }, NOW)).toMatchObject({ label: "true", timestamp: NOW });
    expect(readLabel({ ...label, label: 1 }, NOW)).toMatchObject({ label: "1" });
  });

  it("need the value their kind has", () => {
    const sample = { timestamp: NOW, replica: "r", metric: "m", unit: "1" };
    expect(readSample({ ...sample, kind: "gauge" }, NOW)).toMatchObject({
      message: "value: is required for a gauge",
    });
    expect(readSample({ ...sample, kind: "histogram", value: 1 }, NOW)).toMatchObject({
      message: "buckets: is required for a histogram",
    });
    expect(readSample({ ...sample, kind: "counter", value: 1 }, NOW)).toMatchObject({ value: 1 });
  });
});
