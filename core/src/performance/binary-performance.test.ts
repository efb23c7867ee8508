import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random/index.ts";
import { aggregateBinaryRows, type BinaryRows } from "./aggregate-binary-rows.ts";
import { emptyBinaryAggregate, mergeBinaryAggregates } from "./binary-aggregate.ts";
import { type BinaryMetricName, binaryMetrics, binaryPerformance } from "./binary-performance.ts";
import type { Metric } from "./metric.ts";
import { EXACT_SCORES } from "./score-histogram.ts";

/** draw returns rows of a calibrated model: scores uniform, labels true with the score's probability. */
function draw(rows: number, seed: number): { labels: number[]; scores: number[] } {
  const random = createRandom(seed);
  const scores = Array.from({ length: rows }, () => random());
  return { scores, labels: scores.map((score) => (random() < score ? 1 : 0)) };
}

function ok(metric: Metric) {
  if (metric.outcome !== "ok") throw new Error(metric.reason);
  return metric;
}

describe("intervals of binary metrics", () => {
  it("cover the true value about as often as they say", () => {
    // Of the calibrated uniform model, by integration over the score.
    const truth: Partial<Record<BinaryMetricName, number>> = {
      accuracy: 0.75,
      balanced_accuracy: 0.75,
      precision: 0.75,
      recall: 0.75,
      specificity: 0.75,
      f1: 0.75,
      matthews: 0.5,
      roc_auc: 5 / 6,
      log_loss: 0.5,
      brier: 1 / 6,
      calibration_error: 0,
      positive_rate: 0.5,
      ece: 0,
    };
    const covered: Partial<Record<BinaryMetricName, number>> = {};
    const windows = 400;
    for (let seed = 1; seed <= windows; seed++) {
      const { metrics } = binaryPerformance(draw(250, seed));
      for (const [name, value] of Object.entries(truth) as [BinaryMetricName, number][]) {
        const { ciLow, ciHigh } = ok(metrics[name]);
        if (ciLow! <= value && value <= ciHigh!) covered[name] = (covered[name] ?? 0) + 1;
      }
    }
    for (const name of Object.keys(truth) as BinaryMetricName[]) {
      expect(covered[name]! / windows, name).toBeGreaterThan(0.915);
    }
  });

  it("are as wide for sampled rows as their number warrants, and centre on the same values", () => {
    const rows = draw(500, 3);
    const plain = binaryMetrics(aggregateBinaryRows(rows)).metrics;
    const weighted = binaryMetrics(aggregateBinaryRows({ ...rows, weights: new Array(500).fill(20) }));
    expect(weighted.count).toBe(10_000);
    for (const name of ["accuracy", "f1", "roc_auc", "pr_auc", "log_loss", "ece"] as const) {
      const expected = ok(plain[name]);
      const actual = ok(weighted.metrics[name]);
      expect(actual.value, name).toBeCloseTo(expected.value, 10);
      expect(actual.ciLow, name).toBeCloseTo(expected.ciLow!, 10);
      expect(actual.ciHigh, name).toBeCloseTo(expected.ciHigh!, 10);
    }
  });

  it("do not read a perfect ranking of a few rows as certainty", () => {
    const { metrics } = binaryPerformance({ labels: [0, 0, 0, 1, 1], scores: [0.1, 0.2, 0.3, 0.8, 0.9] });
    const auc = ok(metrics.roc_auc);
    expect(auc.value).toBe(1);
    expect(auc.ciLow).toBeLessThan(0.5);
  });
});

describe("aggregates of binary rows", () => {
  it("merge to the aggregate of all rows, in any order", () => {
    const row = fc.record({
      label: fc.constantFrom(0, 1),
      score: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.2, 0.5, 1)),
    });
    const rowsOf = (rows: { label: number; score: number }[]): BinaryRows => ({
      labels: rows.map((one) => one.label),
      scores: rows.map((one) => one.score),
    });
    fc.assert(
      fc.property(fc.array(row), fc.array(row), fc.array(row), (a, b, c) => {
        const [x, y, z] = [a, b, c].map((rows) => aggregateBinaryRows(rowsOf(rows)));
        const whole = binaryMetrics(aggregateBinaryRows(rowsOf([...a, ...b, ...c]))).metrics;
        const merged = [
          mergeBinaryAggregates(mergeBinaryAggregates(x!, y!), z!),
          mergeBinaryAggregates(
            z!,
            mergeBinaryAggregates(emptyBinaryAggregate(), mergeBinaryAggregates(y!, x!)),
          ),
        ];
        for (const aggregate of merged) {
          const { metrics } = binaryMetrics(aggregate);
          for (const [name, metric] of Object.entries(whole)) {
            const other = metrics[name as BinaryMetricName];
            expect(other.outcome, name).toBe(metric.outcome);
            if (metric.outcome === "ok") expect(ok(other).value, name).toBeCloseTo(metric.value, 9);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("rank large windows on a grid, and AUC stays within the error they state", () => {
    const rows = draw(EXACT_SCORES * 2, 5);
    const exact = ok(binaryPerformance(rows).metrics.roc_auc);
    const rolledUp = binaryMetrics(aggregateBinaryRows(rows));
    const auc = ok(rolledUp.metrics.roc_auc);
    expect(rolledUp.rocAucError).toBeGreaterThan(0);
    expect(Math.abs(auc.value - exact.value)).toBeLessThanOrEqual(rolledUp.rocAucError);
    // What the grid moves is small beside chance.
    expect(Math.abs(auc.value - exact.value)).toBeLessThan(0.05 * exact.standardError!);
    expect(aggregateBinaryRows(rows).scoreHistogram.scores.length).toBeLessThanOrEqual(1024);
  });

  it("keep the ranking of rare events, whose scores all lie near zero", () => {
    const random = createRandom(6);
    const scores = Array.from({ length: 40_000 }, () => random() ** 4 / 500);
    const labels = scores.map((score) => (random() < score ? 1 : 0));
    const exact = ok(binaryPerformance({ labels, scores }).metrics.roc_auc);
    const rolledUp = ok(binaryMetrics(aggregateBinaryRows({ labels, scores })).metrics.roc_auc);
    expect(Math.abs(rolledUp.value - exact.value)).toBeLessThan(0.25 * exact.standardError!);
  });
});

describe("a window that cannot be judged", () => {
  const outcomes = (rows: BinaryRows) =>
    Object.fromEntries(
      Object.entries(binaryPerformance(rows).metrics).map(([name, metric]) => [name, metric.outcome]),
    );

  it("without rows has insufficient data for every metric", () => {
    expect(new Set(Object.values(outcomes({ labels: [], scores: [] })))).toEqual(
      new Set(["insufficient_data"]),
    );
  });

  it("of one class has no ranking and names what is missing", () => {
    const rows = { labels: [0, 0, 0], scores: [0.2, 0.4, 0.1] };
    expect(outcomes(rows)).toMatchObject({
      roc_auc: "not_defined",
      pr_auc: "not_defined",
      recall: "not_defined",
      precision: "not_defined",
      balanced_accuracy: "not_defined",
      accuracy: "ok",
      log_loss: "ok",
    });
    const { recall } = binaryPerformance(rows).metrics;
    expect("reason" in recall && recall.reason).toBe("no positive labels in the window");
  });

  it("counts scores that are no probabilities, and leaves them out of the metrics of scores", () => {
    const { metrics, invalidScores } = binaryPerformance({
      labels: [0, 1, 1, 0, 1],
      scores: [0.2, 0.9, 1.7, -0.1, Number.NaN],
    });
    expect(invalidScores).toBe(2);
    expect(ok(metrics.log_loss).count).toBe(2);
    expect(ok(metrics.accuracy).count).toBe(4);
  });

  it("never yields NaN, whatever the scores", () => {
    const number = fc.double();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(0, 1), number)), (rows) => {
        const { metrics } = binaryPerformance({
          labels: rows.map(([y]) => y),
          scores: rows.map(([, p]) => p),
        });
        for (const [name, metric] of Object.entries(metrics)) {
          if (metric.outcome !== "ok") continue;
          for (const value of [metric.value, metric.ciLow, metric.ciHigh, metric.standardError]) {
            expect(Number.isNaN(value ?? 0), name).toBe(false);
          }
          expect(metric.ciLow ?? metric.value, name).toBeLessThanOrEqual(metric.value + 1e-12);
          expect(metric.ciHigh ?? metric.value, name).toBeGreaterThanOrEqual(metric.value - 1e-12);
        }
      }),
    );
  });
});
