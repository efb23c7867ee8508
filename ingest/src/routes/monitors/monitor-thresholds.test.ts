import { parseInput } from "@leeway/core/input";
import { describe, expect, it } from "vitest";
import { monitorInputSchema } from "./monitor-input.ts";

const problemsOf = (kind: string, thresholds: unknown): string => {
  try {
    parseInput(monitorInputSchema, { model: "m", kind, window: "1d", thresholds }, "body");
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe("the fixed thresholds of a monitor", () => {
  it.each([
    ["drift", { psi: 0 }, /thresholds\.psi: must be above 0 and below 18\.4/],
    ["drift", { psi: 20 }, /thresholds\.psi: must be above 0 and below 18\.4/],
    [
      "drift",
      { joint_auc: 0.5 },
      /thresholds\.joint_auc: must be above 0\.5 and below 1: .*joint classifier's curve/,
    ],
    ["drift", { joint_auc: 1 }, /thresholds\.joint_auc: must be above 0\.5 and below 1/],
    ["drift", { text_shift: 2 }, /thresholds\.text_shift: must be above 0 and below 1\.73/],
    ["drift", { embedding_mmd: 1.5 }, /thresholds\.embedding_mmd: must be above 0 and below 1\.41/],
    ["drift", { metric: "accuracy", minimum: 0.9 }, /thresholds\.metric: only performance monitors have it/],
    ["volume", { psi: 0.2 }, /thresholds\.psi: only drift monitors have it, this one is of kind volume/],
    ["performance", { joint_auc: 0.6 }, /thresholds\.joint_auc: only drift monitors have it/],
    ["performance", { minimum: 0.9 }, /thresholds\.metric: must name the metric/],
    [
      "performance",
      { metric: "accurcy", minimum: 0.9 },
      /thresholds\.metric: no task has a metric "accurcy"/,
    ],
    ["performance", { metric: "accuracy" }, /thresholds\.minimum: a metric needs a minimum or a maximum/],
    [
      "performance",
      { metric: "accuracy", minimum: 90 },
      /thresholds\.minimum: can't be 90: accuracy lies between 0 and 1/,
    ],
    [
      "performance",
      { metric: "mae", maximum: -1 },
      /thresholds\.maximum: can't be -1: mae lies between 0 and Infinity/,
    ],
    ["performance", { metric: "f1", minimum: 0.9, maximum: 0.5 }, /thresholds\.minimum: must not be above/],
  ])("of kind %s can't be %o", (kind, thresholds, said) => {
    expect(problemsOf(kind, thresholds)).toMatch(said);
  });

  it.each([
    ["drift", undefined],
    ["drift", { psi: 0.2, text_shift: 0.5, embedding_mmd: 0.1, joint_auc: 0.6 }],
    ["performance", { metric: "matthews", minimum: -0.5 }],
    ["performance", { metric: "r2", minimum: -3 }],
    ["performance", { metric: "log_loss", maximum: 4 }],
  ])("of kind %s can be %o", (kind, thresholds) => {
    expect(problemsOf(kind, thresholds)).toBe("");
  });
});
