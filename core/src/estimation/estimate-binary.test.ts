import { describe, expect, it } from "vitest";
import { aggregateBinaryRows, binaryPerformance } from "../performance/index.ts";
import { createRandom } from "../random/index.ts";
import { type EstimatedMetricName, estimateBinary } from "./estimate-binary.ts";
import { estimateMulticlass } from "./estimate-multiclass.ts";
import { type ExpectedGroup, expectedGroups, unlabelledFromThreshold } from "./expected-outcomes.ts";
import { fitCalibration } from "./fit-calibration.ts";

const AS_IS = { scores: [], probabilities: [], rows: [] };

describe("estimates from calibrated scores", () => {
  // Derived by hand from the method (expected confusion counts): p = .9 .8 .7 predicted 1, .4 .3 .1 predicted 0.
  it("equal the expected confusion counts of a small example", () => {
    const groups = [0.1, 0.3, 0.4, 0.7, 0.8, 0.9].map(
      (probability): ExpectedGroup => ({
        rows: 1,
        score: probability,
        probability,
        isPredictedPositive: probability > 0.5,
        point: -1,
      }),
    );
    const estimates = estimateBinary(groups, AS_IS);
    const expected: Partial<Record<EstimatedMetricName, number>> = {
      accuracy: 0.7666666666666666,
      f1: 0.7741935483870968,
      precision: 0.8,
      recall: 0.75,
      specificity: 0.7857142857142857,
      roc_auc: 0.8236607142857143,
    };
    for (const [name, value] of Object.entries(expected)) {
      const estimate = estimates[name as EstimatedMetricName];
      expect(estimate.outcome === "ok" && estimate.value, name).toBeCloseTo(value, 9);
    }
  });

  it("hold the realised value in their 95 % band about as often as they say, also when inputs drift", () => {
    const random = createRandom(51);
    const draw = (size: number, low: number) => {
      const truth = Array.from({ length: size }, () => low + (1 - low) * random());
      return { scores: truth.map((p) => p ** 2), labels: truth.map((p) => (random() < p ? 1 : 0)) };
    };
    const reference = Array.from({ length: 12 }, () => aggregateBinaryRows(draw(1000, 0)).scoreHistogram);
    const calibration = fitCalibration(reference);
    expect(calibration.method).toBe("isotonic");
    const names = [
      "accuracy",
      "precision",
      "recall",
      "f1",
      "roc_auc",
      "log_loss",
      "brier",
      "positive_rate",
    ] as const;
    const within: Record<string, number> = {};
    const windows = 200;
    for (let w = 0; w < windows; w++) {
      // Half of the windows have lost their low scores: input drift, which the estimate must follow.
      const rows = draw(400, w % 2 === 0 ? 0 : 0.4);
      const realised = binaryPerformance(rows).metrics;
      const unlabelled = unlabelledFromThreshold(aggregateBinaryRows(rows).scoreHistogram, 0.5);
      const estimates = estimateBinary(expectedGroups(unlabelled, calibration.map), calibration.map);
      for (const name of names) {
        const estimate = estimates[name];
        const real = realised[name];
        if (estimate.outcome !== "ok" || real.outcome !== "ok") throw new Error(name);
        if (real.value >= estimate.ciLow && real.value <= estimate.ciHigh)
          within[name] = (within[name] ?? 0) + 1;
      }
    }
    for (const name of names) expect(within[name]! / windows, name).toBeGreaterThan(0.88);
  });

  it("name what is missing or undefined", () => {
    expect(estimateBinary([], AS_IS).accuracy.outcome).toBe("insufficient_data");
    const negative = { rows: 5, score: 0.2, probability: 0.2, isPredictedPositive: false, point: -1 };
    expect(estimateBinary([negative], AS_IS).precision.outcome).toBe("not_defined");
    expect(estimateBinary([{ ...negative, probability: 0 }], AS_IS).recall.outcome).toBe("not_defined");
  });
});

describe("estimates of a multiclass classifier", () => {
  it("give the mean confidence as accuracy when scores are calibrated", () => {
    const classes = ["a", "b"].map((name) => ({
      name,
      window: { scores: [0.1, 0.9], predictedPositive: [0, 50], predictedNegative: [50, 0] },
      map: { scores: [0, 1], probabilities: [0, 1], rows: [1e6, 1e6] },
    }));
    const estimate = estimateMulticlass(classes);
    expect(estimate.accuracy.outcome === "ok" && estimate.accuracy.value).toBeCloseTo(0.9, 9);
    expect(estimate.classes.map((one) => one.name)).toEqual(["a", "b"]);
    // Each row costs −ln 0.9 nine times in ten, else −ln 0.1; and 0.02 or 1.62 squared.
    const logLoss = -(0.9 * Math.log(0.9) + 0.1 * Math.log(0.1));
    expect(estimate.log_loss.outcome === "ok" && estimate.log_loss.value).toBeCloseTo(logLoss, 9);
    expect(estimate.brier.outcome === "ok" && estimate.brier.value).toBeCloseTo(0.9 * 0.02 + 0.1 * 1.62, 9);
    const spread = Math.sqrt(0.09) * Math.log(9);
    expect(estimate.log_loss.outcome === "ok" && estimate.log_loss.standardError).toBeCloseTo(spread / 10, 9);
    expect(estimateMulticlass([]).accuracy.outcome).toBe("insufficient_data");
  });
});
