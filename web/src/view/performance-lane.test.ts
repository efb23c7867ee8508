import type { Evaluation } from "@leeway/core/evaluation";
import { expect, test } from "vitest";
import { metricDirection, metricName } from "./metric-words.ts";
import { performanceLane } from "./performance-lane.ts";

function evaluation(index: number, metrics: Record<string, number | null>, isMature = true): Evaluation {
  const values = Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [
      name,
      { value, ci_low: value, ci_high: value, reference: 0.4 },
    ]),
  );
  return {
    model: "m",
    version: "1",
    environment: "production",
    monitor_id: "p",
    kind: "performance",
    segment: "",
    window_start: index,
    window_end: index + 1,
    revision: 2,
    outcome: isMature ? "ok" : "immature",
    reason: "",
    detail: {
      start: index,
      end: index + 1,
      predictions: 100,
      labelled: 40,
      label_coverage: 0.4,
      expected_coverage: null,
      mature: isMature,
      outcome: "ok",
      revision: 2,
      metrics: values,
      reason: "",
    },
    state: {},
    evaluated_at: 0,
  };
}

test("the most telling metric is shown unless another one that exists is asked for", () => {
  const evaluations = [
    evaluation(0, { accuracy: 0.8, log_loss: 0.4 }),
    evaluation(1, { accuracy: 0.7, log_loss: null }),
  ];
  expect(performanceLane(evaluations, undefined).metric).toBe("log_loss");
  expect(performanceLane(evaluations, "accuracy").points.map((point) => point.value)).toEqual([0.8, 0.7]);
  expect(performanceLane(evaluations, "nonsense").metric).toBe("log_loss");
  expect(performanceLane(evaluations, undefined).points[1]?.value).toBeNull();
});

test("immature windows are kept and marked, and unreadable ones left out", () => {
  const lane = performanceLane(
    [evaluation(0, { accuracy: 0.8 }, false), { ...evaluation(1, {}), detail: {} }],
    undefined,
  );
  expect(lane.points).toHaveLength(1);
  expect(lane.points[0]).toMatchObject({ isMature: false, coverage: 0.4, revision: 2, reference: 0.4 });
});

test("metrics carry the name and the direction people know", () => {
  expect(metricName("log_loss")).toBe("Log loss");
  expect(metricName("balanced_accuracy")).toBe("Balanced accuracy");
  expect(metricDirection("brier")).toBe("lower is better");
  expect(metricDirection("roc_auc")).toBe("higher is better");
  expect(metricDirection("bias")).toBeUndefined();
});
