import { describe, expect, it } from "vitest";
import { createRandom, drawNormal } from "../random/index.ts";
import { estimateRegression, fitRegressionEstimator } from "./estimate-regression.ts";
import type { LossRow } from "./loss-rows.ts";

const random = createRandom(77);

/** draw returns rows whose error is larger in the city of one kind and grows with a number that is sometimes missing. */
function draw(rows: number, shareFar: number, hasLabels = true): LossRow[] {
  return Array.from({ length: rows }, () => {
    const isFar = random() < shareFar;
    const size = random();
    const truth = 10 * size;
    const predicted = truth + (isFar ? 3 : 1) * (0.5 + size) * drawNormal(random);
    return {
      predicted,
      truth: hasLabels ? truth : null,
      numbers: [random() < 0.05 ? null : size],
      strings: [isFar ? "far" : "near"],
    };
  });
}

const meanError = (rows: readonly LossRow[]) =>
  rows.reduce((sum, row) => sum + Math.abs(row.predicted - row.truth!), 0) / rows.length;

describe("the estimate of a regressor's error", () => {
  const fitted = fitRegressionEstimator(draw(3_000, 0.3));
  if (fitted.outcome !== "ok") throw new Error(fitted.reason);

  it("follows the inputs to where the model is worse, and holds the realised error in its band", () => {
    let within = 0;
    for (let w = 0; w < 60; w++) {
      const window = draw(400, w % 2 === 0 ? 0.3 : 0.8);
      const { mae, rmse } = estimateRegression(fitted.estimator, window, 400);
      if (mae.outcome !== "ok" || rmse.outcome !== "ok") throw new Error("no estimate");
      const realised = meanError(window);
      if (realised >= mae.ciLow && realised <= mae.ciHigh) within++;
      expect(rmse.value).toBeGreaterThan(mae.value);
    }
    expect(within).toBeGreaterThan(52);
  });

  it("rests on a sample just as well, with the wider band that it needs", () => {
    const window = draw(5_000, 0.6);
    const { mae } = estimateRegression(fitted.estimator, window.slice(0, 300), 5_000);
    if (mae.outcome !== "ok") throw new Error("no estimate");
    expect(Math.abs(mae.value - meanError(window))).toBeLessThan(0.25);
    expect(mae.ciHigh - mae.ciLow).toBeGreaterThan(0.05);
  });

  it("survives JSON, takes categories it never saw for missing, and needs labels and rows", () => {
    const estimator = JSON.parse(JSON.stringify(fitted.estimator));
    const strange = draw(50, 0.3).map((row) => ({ ...row, strings: ["moon"] }));
    expect(estimateRegression(estimator, strange, 50).mae.outcome).toBe("ok");
    expect(estimateRegression(estimator, [], 0).mae.outcome).toBe("insufficient_data");
    expect(fitRegressionEstimator(draw(500, 0.3, false)).outcome).toBe("insufficient_data");
  });
});
