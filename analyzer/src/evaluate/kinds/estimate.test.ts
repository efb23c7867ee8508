import type { PerformanceWindow } from "@leeway/core/evaluation";
import { describe, expect, it } from "vitest";
import { createPerformanceEstimator } from "./estimate.ts";

const DAY = 86_400_000;
const asIs = {
  method: "as_is" as const,
  map: { scores: [], probabilities: [], rows: [] },
  rows: 0,
  errorBefore: null,
  errorAfter: null,
  reason: "",
};
// A hundred predictions at 0.2 and a hundred at 0.9, as sure as they say: 80 % and 90 % right.
const scores = { scores: [0.2, 0.9], predictedPositive: [0, 100], predictedNegative: [100, 0] };
const windowAt = (day: number) => ({ start: day * DAY, end: (day + 1) * DAY });

describe("createPerformanceEstimator", () => {
  it("estimates what calibrated scores promise", () => {
    const estimator = createPerformanceEstimator({ calibration: asIs, windows: new Map([[0, scores]]) });
    expect(estimator.estimate(windowAt(0))?.["accuracy"]?.value).toBeCloseTo(0.85, 9);
    expect(estimator.estimate(windowAt(1))).toBeUndefined();
  });

  it("gives a reason instead of a number while concept drift is known, and a number again after it", () => {
    const estimator = createPerformanceEstimator({
      calibration: asIs,
      windows: new Map([[2 * DAY, scores]]),
    });
    estimator.learn(detail(1), "alarm");
    const estimated = estimator.estimate(windowAt(2))?.["accuracy"];
    expect(estimated).toMatchObject({ value: null, reason: expect.stringContaining("1970-01-02") });
    estimator.learn(detail(1), "ok");
    expect(estimator.estimate(windowAt(2))?.["accuracy"]?.value).toBeCloseTo(0.85, 9);
  });

  it("stops trusting itself when what was realised lies outside its band again and again", () => {
    const estimator = createPerformanceEstimator({
      calibration: asIs,
      windows: new Map([[9 * DAY, scores]]),
    });
    for (let day = 0; day < 8; day++) estimator.learn(detail(day, 0.6), "ok");
    expect(estimator.estimate(windowAt(9))?.["accuracy"]).toMatchObject({
      value: null,
      reason: expect.stringContaining("outside"),
    });
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
