import { describe, expect, it } from "vitest";
import { servingCost } from "./serving-cost.ts";

describe("the cost of serving", () => {
  it("is GPU hours seen times their price", () => {
    const cost = servingCost({
      gpuHourCost: 3,
      gpusPerStep: [2, 2, 1],
      stepMs: 1_800_000,
      predictions: 5_000,
    });
    expect(cost).toEqual({
      outcome: "ok",
      gpu_hours: 2.5,
      cost: 7.5,
      predictions: 5_000,
      cost_per_1000_predictions: 1.5,
    });
  });

  it("is not invented where the price or the GPUs are unknown", () => {
    const none = { gpuHourCost: undefined, gpusPerStep: [1], stepMs: 1, predictions: 1 };
    expect(servingCost(none)).toMatchObject({
      outcome: "not_defined",
      reason: "the version has no gpu_hour_cost",
    });
    expect(servingCost({ ...none, gpuHourCost: 1, gpusPerStep: [] })).toMatchObject({
      outcome: "not_defined",
    });
  });
});
