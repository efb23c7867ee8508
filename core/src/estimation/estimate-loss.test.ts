import { describe, expect, it } from "vitest";
import { createRandom, drawNormal } from "../random/index.ts";
import { estimateLoss, fitLossEstimator, rootOfEstimate } from "./estimate-loss.ts";

describe("direct loss estimation", () => {
  const random = createRandom(62);
  /** draw returns rows whose absolute error grows with x, x lying in [low, 1]. */
  const draw = (rows: number, low: number) => {
    const x = Array.from({ length: rows }, () => low + (1 - low) * random());
    return { x, losses: x.map((value) => Math.abs((0.2 + value) * drawNormal(random))) };
  };
  const reference = draw(4000, 0);
  const fitted = fitLossEstimator({ features: [reference.x], losses: reference.losses });
  if (fitted.outcome !== "ok") throw new Error(fitted.reason);

  it("follows a drift of the inputs to where the model is worse, and holds the realised loss in its band", () => {
    let within = 0;
    for (let w = 0; w < 100; w++) {
      const window = draw(300, w % 2 === 0 ? 0 : 0.6);
      const realised = window.losses.reduce((sum, loss) => sum + loss, 0) / 300;
      const estimate = estimateLoss(fitted.estimator, [window.x]);
      if (estimate.outcome !== "ok") throw new Error(estimate.reason);
      if (realised >= estimate.ciLow && realised <= estimate.ciHigh) within++;
      if (w === 1) expect(estimate.value).toBeCloseTo(0.798, 1);
    }
    expect(within).toBeGreaterThan(86);
  });

  it("widens its band when it saw only a sample of the window", () => {
    const window = draw(200, 0);
    const whole = estimateLoss(fitted.estimator, [window.x], { represented: 200 });
    const sampled = estimateLoss(fitted.estimator, [window.x], { represented: 100_000 });
    if (whole.outcome !== "ok" || sampled.outcome !== "ok") throw new Error("no estimate");
    expect(sampled.standardError).toBeLessThan(whole.standardError);
    expect(sampled.standardError).toBeGreaterThan(Math.sqrt(fitted.estimator.residualVariance / 100_000));
  });

  it("needs two hundred labelled rows, and rows to estimate", () => {
    expect(fitLossEstimator({ features: [[1]], losses: [1] }).outcome).toBe("insufficient_data");
    expect(estimateLoss(fitted.estimator, [[]]).outcome).toBe("insufficient_data");
  });

  it("takes roots for a root mean squared error", () => {
    const root = rootOfEstimate({ outcome: "ok", value: 4, ciLow: 1, ciHigh: 9, standardError: 1 });
    expect(root).toEqual({ outcome: "ok", value: 2, ciLow: 1, ciHigh: 3, standardError: 0.25 });
  });
});
