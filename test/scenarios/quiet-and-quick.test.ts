import { describe, expect, test } from "vitest";
import { detectionDelays, falseAlarms, OURS } from "../bench/detection/measure.ts";
import {
  baseStream,
  createStream,
  MARGINALS,
  PLANTED_DRIFTS,
  still,
  wandering,
} from "../bench/detection/streams.ts";

// The small form of test/bench/detection, whose tables are in docs/benchmarks.md.
const daily = { rows: 200, features: 25, marginals: MARGINALS, windowMs: 86_400_000, referenceWindows: 28 };

const TIMEOUT_MS = 120_000;

describe("it stays quiet when it should", () => {
  test.each([
    ["nothing moves", still],
    ["levels wander from day to day", wandering(0.5, 0.15)],
  ])(
    "at most one false alarm a model-month where %s",
    (name, createLevel) => {
      const months = 4;
      const alarms = falseAlarms(createStream(name, { ...daily, createLevel }), months, 31).get(OURS);
      expect(alarms?.alarmsPerMonth).toBeLessThanOrEqual(1);
    },
    TIMEOUT_MS,
  );
});

describe("it fires when it should", () => {
  test.each(["mean +0.5 σ", "scale ×1.5", "10 % become null", "unit change ×1.609"])(
    "within two windows of 500 rows: %s in one of 25 features",
    (name) => {
      const drift = PLANTED_DRIFTS.find((candidate) => candidate.name === name)!;
      const stream = { ...baseStream, referenceWindows: 48 };
      const delays = detectionDelays(stream, drift, { repetitions: 4, horizon: 3, seed: 3 }).get(OURS)!;
      expect(Math.max(...delays)).toBeLessThanOrEqual(2);
    },
    TIMEOUT_MS,
  );
});
