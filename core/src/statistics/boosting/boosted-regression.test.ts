import { describe, expect, it } from "vitest";
import { createRandom } from "../../random/index.ts";
import { fitBoostedRegression, predictRegression } from "./boosted-regression.ts";

describe("a boosted regression", () => {
  it("learns a step, a slope and what missing values mean", () => {
    const random = createRandom(61);
    const x = Array.from({ length: 2000 }, () => (random() < 0.1 ? Number.NaN : random()));
    const y = Array.from({ length: 2000 }, () => random());
    const target = x.map((value, i) => (Number.isNaN(value) ? 5 : value > 0.5 ? 2 : 0) + y[i]!);
    const model = fitBoostedRegression({ features: [x, y], target });
    const predicted = predictRegression(model, [
      [0.2, 0.9, Number.NaN],
      [0.5, 0.5, 0.5],
    ]);
    expect(predicted[0]).toBeCloseTo(0.5, 0);
    expect(predicted[1]).toBeCloseTo(2.5, 0);
    expect(predicted[2]).toBeCloseTo(5.5, 0);
  });

  it("predicts the mean where nothing can be learned", () => {
    const model = fitBoostedRegression({
      features: [new Array(100).fill(1)],
      target: new Array(100).fill(7),
    });
    expect([...predictRegression(model, [[1, 2]])]).toEqual([7, 7]);
  });
});
