import { estimateBinary, expectedGroups } from "@leeway/core/estimation";
import type { PerformanceWindow } from "@leeway/core/evaluation";
import { createRandom, drawNormal } from "@leeway/core/random";
import { describe, expect, it } from "vitest";
import { createPerformanceEstimator } from "./estimate.ts";

const DAY = 86_400_000;
const asIs = { scores: [], probabilities: [], rows: [] };
// A hundred predictions at 0.2 and a hundred at 0.9, as sure as they say: 80 % and 90 % right.
const scores = { scores: [0.2, 0.9], predictedPositive: [0, 100], predictedNegative: [100, 0] };
const estimatorOf = (day: number) =>
  createPerformanceEstimator(({ start }) =>
    start === day * DAY ? estimateBinary(expectedGroups(scores, asIs), asIs) : undefined,
  );
const windowAt = (day: number) => ({ start: day * DAY, end: (day + 1) * DAY });

describe("createPerformanceEstimator", () => {
  it("estimates what calibrated scores promise", () => {
    const estimator = estimatorOf(0);
    expect(estimator.estimate(windowAt(0))?.["accuracy"]?.value).toBeCloseTo(0.85, 9);
    expect(estimator.estimate(windowAt(1))).toBeUndefined();
  });

  it("gives a reason instead of a number while concept drift (no other cause) is known, and a number again after it", () => {
    const estimator = estimatorOf(2);
    estimator.learn({ detail: detail(0), outcome: "alarm", cause: "input_drift" });
    expect(estimator.estimate(windowAt(2))?.["accuracy"]?.value).toBeCloseTo(0.85, 9);
    estimator.learn({ detail: detail(1), outcome: "alarm", cause: "concept_drift" });
    const estimated = estimator.estimate(windowAt(2))?.["accuracy"];
    expect(estimated).toMatchObject({ value: null, reason: expect.stringContaining("1970-01-02") });
    estimator.learn({ detail: detail(1), outcome: "ok" });
    expect(estimator.estimate(windowAt(2))?.["accuracy"]?.value).toBeCloseTo(0.85, 9);
  });

  it("stops trusting itself when what was realised lies outside its band again and again", () => {
    const estimator = estimatorOf(9);
    for (let day = 0; day < 8; day++) estimator.learn({ detail: detail(day, 0.6), outcome: "ok" });
    expect(estimator.estimate(windowAt(9))?.["accuracy"]).toMatchObject({
      value: null,
      reason: expect.stringContaining("outside"),
    });
  });
});

describe("the band of an estimate", () => {
  it("keeps holding nineteen in twenty realised values of a world that varies more than its own error says", () => {
    const random = createRandom(5);
    const estimator = createPerformanceEstimator(() => ({
      accuracy: { outcome: "ok", value: 0.85, ciLow: 0.84, ciHigh: 0.86, standardError: 0.005 },
    }));
    let within = 0;
    for (let day = 0; day < 400; day++) {
      const estimated = estimator.estimate(windowAt(day)) ?? {};
      const realised = 0.85 + 0.02 * drawNormal(random);
      const { ci_low, ci_high } = estimated["accuracy"] ?? { ci_low: null, ci_high: null };
      if (day >= 40 && ci_low !== null && ci_high !== null && realised >= ci_low && realised <= ci_high)
        within++;
      estimator.learn({ detail: { ...detail(day, realised), estimated }, outcome: "ok" });
    }
    expect(within / 360).toBeGreaterThan(0.93);
  });
});

function detail(day: number, realised = 0.85): PerformanceWindow {
  return {
    ...windowAt(day),
    predictions: 200,
    labelled: 200,
    label_coverage: 1,
    expected_coverage: 1,
    mature: true,
    outcome: "ok",
    revision: 1,
    metrics: { accuracy: { value: realised, ci_low: realised - 0.05, ci_high: realised + 0.05 } },
    estimated: { accuracy: { value: 0.85, ci_low: 0.8, ci_high: 0.9 } },
    reason: "",
  };
}
