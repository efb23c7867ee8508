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
import { VOCABULARY_STREAMS } from "../bench/detection/vocabulary-streams.ts";

// The small form of test/bench/detection, whose tables are in docs/benchmarks.md.
const daily = { rows: 200, features: 25, marginals: MARGINALS, windowMs: 86_400_000, referenceWindows: 28 };

const TIMEOUT_MS = 120_000;

describe("it stays quiet when it should", () => {
  test.each([
    ["nothing moves", 28, still],
    ["levels wander from day to day", 28, wandering(0.5, 0.15)],
    ["levels wander, against a reference of a week", 7, wandering(0.5, 0.15)],
  ])(
    "at most one false alarm a model-month where %s (%d days of reference)",
    (name, referenceWindows, createLevel) => {
      const months = 4;
      const stream = createStream(name, { ...daily, createLevel, referenceWindows });
      const alarms = falseAlarms(stream, months, 31).get(OURS);
      expect(alarms?.alarmsPerMonth).toBeLessThanOrEqual(1);
    },
    TIMEOUT_MS,
  );
});

describe("features of many values", () => {
  test.each(
    VOCABULARY_STREAMS.filter(({ stream }) => stream.windowMs === daily.windowMs).map(
      ({ stream, drifts }) => [stream.name, stream, drifts] as const,
    ),
  )(
    "raise no alarm in a quiet month, and a tenth of the rows that moves to new values is reported within two windows: %s",
    (_, stream, drifts) => {
      expect(falseAlarms(stream, 1, 5).get(OURS)?.alarmsPerMonth).toBe(0);
      for (const drift of drifts.filter(({ name }) => name.startsWith("10 % to 5,000"))) {
        const delays = detectionDelays(stream, drift, { repetitions: 3, horizon: 3, seed: 3 }).get(OURS)!;
        expect(Math.max(...delays)).toBeLessThanOrEqual(2);
      }
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

  test(
    "within two days where a reference of a week is all there is",
    () => {
      const drift = PLANTED_DRIFTS.find((candidate) => candidate.name === "mean +0.5 σ")!;
      const stream = { ...baseStream, windowMs: daily.windowMs, referenceWindows: 7 };
      const delays = detectionDelays(stream, drift, { repetitions: 4, horizon: 3, seed: 3 }).get(OURS)!;
      expect(Math.max(...delays)).toBeLessThanOrEqual(2);
    },
    TIMEOUT_MS,
  );
});
