import { describe, expect, test } from "vitest";
import type { DriftWindow, SignalBasis } from "../../evaluation/index.ts";
import { causeOfLoss } from "./cause-of-loss.ts";
import { inputHealthOf } from "./input-health.ts";

const dispersion = {
  variance: 0,
  correlation: 0,
  windows: 28,
  baseline_windows: 28,
  baseline_share: 0,
  degrees: 30,
};
const signal = (name: SignalBasis["name"], value: number, more: Partial<SignalBasis> = {}): SignalBasis => ({
  name,
  value,
  sampling_variance: 4e-4,
  rows: 500,
  worse: "either",
  level: 0,
  level_variance: 0,
  ...dispersion,
  ...more,
});

describe("the cause of lost performance", () => {
  test.each([
    [
      "inputs that are broken come first",
      { outcome: "alarm", cause: "pipeline", moved: 0.01 },
      0.5,
      "pipeline",
    ],
    ["a loss that the rows that moved could explain", { outcome: "alarm", moved: 0.4 }, 0.25, "input_drift"],
    ["a loss beyond the rows that moved", { outcome: "drifting", moved: 0.1 }, 0.3, "concept_drift"],
    ["a loss while nothing moved", { outcome: "ok", moved: 0, judged: 9, of: 9 }, 0.2, "concept_drift"],
    [
      "unjudged inputs outside the reference",
      { outcome: "ok", moved: 0.6, judged: 6, of: 9 },
      0.3,
      "input_drift",
    ],
  ] as const)("%s", (_, inputs, gap, cause) => {
    const found = causeOfLoss(inputs, [signal("calibration_gap", gap)], true);
    expect(found.cause).toBe(cause);
    expect(found.confidence < 0.5).toBe(cause === "input_drift");
    expect(/not settled/.test(found.meaning)).toBe(cause === "input_drift");
  });

  test("an input that is improbable without being called drifted explains what its rows could do", () => {
    const feature = (tests: { test: "distance" | "location"; p_calibrated: number; matters: boolean }[]) =>
      ({
        x: {
          type: "numeric",
          outcome: "ok",
          drifted: false,
          distribution: { labels: ["a", "b"], reference: [0.8, 0.2], window: [0.2, 0.8] },
          tests,
        },
      }) as unknown as DriftWindow["features"];
    const movedOf = (...tests: Parameters<typeof feature>[0]) =>
      inputHealthOf({ outcome: "ok" }, { features: feature(tests) }).moved;
    const distance = { test: "distance", p_calibrated: 0.2, matters: true } as const;
    const location = { test: "location", p_calibrated: 0.1, matters: true } as const;
    expect(movedOf(distance, location)).toBe(0);
    expect(movedOf(distance, { ...location, p_calibrated: 0.004 })).toBeCloseTo(0.6);
    // A column that wanders so far that its distance says nothing.
    expect(movedOf(location)).toBeCloseTo(0.6);
    expect(movedOf({ ...location, matters: false })).toBe(0);
  });

  test("of inputs that could not all be judged nobody says that they did not change", () => {
    const inputs = { outcome: "ok", moved: 0, judged: 6, of: 9 };
    const { meaning } = causeOfLoss(inputs, [signal("calibration_gap", 0.2)], true);
    expect(meaning).toContain("no input that could be judged did (3 of 9 could not)");
  });

  test("ranks at chance level while classes come as often as ever may be labels of other rows: not settled", () => {
    const ranks = signal("auc_gap", -0.28, { realised: 0.51 });
    const rates = signal("calibration_gap", 0.01, { realised: 0.31 });
    for (const inputs of [{ outcome: "ok" }, { outcome: "drifting", moved: 0.05 }]) {
      const found = causeOfLoss(inputs, [rates, ranks], true);
      expect(found.confidence).toBeLessThan(0.5);
      expect(found.meaning).toMatch(/labels of other rows .* not settled/);
    }
  });

  test("ranks that merely got worse are the relation's", () => {
    const ranks = signal("auc_gap", -0.15, { realised: 0.64 });
    const rates = signal("calibration_gap", 0.01, { realised: 0.31 });
    expect(causeOfLoss({ outcome: "ok" }, [rates, ranks], true)).toMatchObject({ cause: "concept_drift" });
  });
});
