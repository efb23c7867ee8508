import { predictionSchema } from "@leeway/core/wire";
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
    "%j is no label, and the sender is told so",
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
    ["a control character", { model: "a\u0000b" }, "model: must not hold control characters"],
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
