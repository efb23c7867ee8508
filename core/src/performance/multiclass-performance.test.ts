import { describe, expect, it } from "vitest";
import { createRandom } from "../random/index.ts";
import { aggregateMulticlassRows, type MulticlassRow } from "./aggregate-multiclass-rows.ts";
import type { Metric } from "./metric.ts";
import { mergeMulticlassAggregates } from "./multiclass-aggregate.ts";
import {
  type MulticlassMetricName,
  multiclassMetrics,
  multiclassPerformance,
} from "./multiclass-performance.ts";

const CLASSES = ["cat", "dog", "fox"];

/** draw returns rows of a calibrated three-class model: random scores, labels drawn from them, the largest predicted. */
function draw(rows: number, seed: number): MulticlassRow[] {
  const random = createRandom(seed);
  return Array.from({ length: rows }, () => {
    const weights = CLASSES.map(() => (-Math.log(random())) ** 3);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const scores = Object.fromEntries(CLASSES.map((name, i) => [name, weights[i]! / total]));
    const point = random();
    const label = point < scores["cat"]! ? "cat" : point < scores["cat"]! + scores["dog"]! ? "dog" : "fox";
    const predicted = CLASSES.reduce((best, name) => (scores[name]! > scores[best]! ? name : best));
    return { label, predicted, scores };
  });
}

function ok(metric: Metric) {
  if (metric.outcome !== "ok") throw new Error(metric.reason);
  return metric;
}

const INTERVALLED = [
  "accuracy",
  "balanced_accuracy",
  "macro_precision",
  "macro_recall",
  "macro_f1",
  "weighted_f1",
  "cohen_kappa",
  "macro_roc_auc",
  "log_loss",
  "brier",
] as const satisfies readonly MulticlassMetricName[];

describe("intervals of multiclass metrics", () => {
  it("cover the value of a very large sample about as often as they say", () => {
    const truth = multiclassPerformance(draw(30_000, 1)).metrics;
    const covered: Partial<Record<MulticlassMetricName, number>> = {};
    for (let seed = 2; seed <= 121; seed++) {
      const { metrics } = multiclassPerformance(draw(300, seed));
      for (const name of INTERVALLED) {
        const { ciLow, ciHigh } = ok(metrics[name]);
        const { value } = ok(truth[name]);
        if (ciLow! <= value && value <= ciHigh!) covered[name] = (covered[name] ?? 0) + 1;
      }
    }
    for (const name of INTERVALLED) expect(covered[name]! / 120, name).toBeGreaterThan(0.88);
  });
});

describe("aggregates of multiclass rows", () => {
  it("merge to the aggregate of all rows", () => {
    const rows = draw(500, 9);
    const merged = mergeMulticlassAggregates(
      aggregateMulticlassRows(rows.slice(300)),
      aggregateMulticlassRows(rows.slice(0, 300)),
    );
    const whole = multiclassPerformance(rows);
    const rolledUp = multiclassMetrics(merged);
    expect(rolledUp.confusion).toEqual(whole.confusion);
    for (const name of INTERVALLED) {
      expect(ok(rolledUp.metrics[name]).value, name).toBeCloseTo(ok(whole.metrics[name]).value, 9);
      expect(ok(rolledUp.metrics[name]).ciLow, name).toBeCloseTo(ok(whole.metrics[name]).ciLow!, 9);
    }
  });

  it("give log loss of a class that has no score its floor, and one more to its Brier score", () => {
    const { metrics } = multiclassPerformance([
      { label: "owl", predicted: "cat", scores: { cat: 0.6, dog: 0.4 } },
    ]);
    expect(ok(metrics.log_loss).value).toBeCloseTo(-Math.log(1e-15), 9);
    expect(ok(metrics.brier).value).toBeCloseTo(0.36 + 0.16 + 1, 12);
  });
});

describe("a window that cannot be judged", () => {
  it("without rows has no accuracy; without scores no log loss; of one class no kappa", () => {
    expect(multiclassPerformance([]).metrics.accuracy.outcome).toBe("insufficient_data");
    const { metrics } = multiclassPerformance([{ label: "a", predicted: "a" }]);
    expect(metrics.log_loss.outcome).toBe("insufficient_data");
    expect(metrics.cohen_kappa.outcome).toBe("not_defined");
    expect(metrics.macro_roc_auc.outcome).toBe("not_defined");
  });

  it("leaves class names like __proto__ and constructor to be names", () => {
    const rows = ["__proto__", "constructor", "a"].map((name) => ({ label: name, predicted: name }));
    const { confusion, classes } = multiclassPerformance(rows);
    expect(confusion.classes).toEqual(["__proto__", "a", "constructor"]);
    expect(classes).toHaveLength(3);
  });
});
