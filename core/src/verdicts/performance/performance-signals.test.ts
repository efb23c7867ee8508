import { describe, expect, test } from "vitest";
import {
  aggregateBinaryRows,
  aggregateMulticlassRows,
  aggregateRegressionRows,
  type PerformanceAggregate,
} from "../../performance/index.ts";
import { createRandom, drawNormal } from "../../random/index.ts";
import { performanceSignals } from "./performance-signals.ts";

const random = createRandom(17);
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

function calibrated(shift: number) {
  const scores = Array.from({ length: 20_000 }, () => sigmoid(shift + 0.8 * drawNormal(random)));
  return aggregateBinaryRows({ labels: scores.map((p) => (random() < p ? 1 : 0)), scores });
}

const valuesOf = (aggregate: PerformanceAggregate) =>
  Object.fromEntries(performanceSignals(aggregate).map(({ name, value }) => [name, value]));

describe("performanceSignals", () => {
  test.each([-2, 0, 1])("of calibrated scores are all near 0, wherever the inputs lie (%d)", (shift) => {
    for (const { value, samplingVariance } of performanceSignals(calibrated(shift))) {
      expect(Math.abs(value)).toBeLessThan(4 * Math.sqrt(samplingVariance));
    }
  });

  test("tell outcomes that come more often from scores that no longer rank", () => {
    const scores = Array.from({ length: 20_000 }, () => sigmoid(-1 + 0.8 * drawNormal(random)));
    const more = aggregateBinaryRows({
      labels: scores.map((p) => (random() < Math.min(1, 1.3 * p) ? 1 : 0)),
      scores,
    });
    const blind = aggregateBinaryRows({ labels: scores.map(() => (random() < 0.3 ? 1 : 0)), scores });
    expect(valuesOf(more)["calibration_gap"]).toBeGreaterThan(0.06);
    expect(valuesOf(more)["auc_gap"]).toBeGreaterThan(-0.02);
    expect(valuesOf(blind)["auc_gap"]).toBeLessThan(-0.1);
  });

  test("of a classifier without scores are its accuracy", () => {
    const scores = new Array<number>(100).fill(Number.NaN);
    const labels = scores.map((_, row) => row % 2);
    const signals = performanceSignals(aggregateBinaryRows({ labels, scores, predicted: labels }));
    expect(signals.map(({ name, value }) => [name, value])).toEqual([["accuracy", 1]]);
    // All right is no certainty: the variance is not 0.
    expect(signals[0]?.samplingVariance).toBeGreaterThan(0);
  });

  test("of many classes are accuracy and log loss, of a regressor mean error and absolute error", () => {
    const rows = Array.from({ length: 90 }, (_, row) => ({
      label: ["a", "b", "c"][row % 3]!,
      predicted: "a",
      scores: { a: 0.5, b: 0.3, c: 0.2 },
    }));
    expect(Object.keys(valuesOf(aggregateMulticlassRows(rows)))).toEqual(["accuracy", "log_loss"]);
    const truth = Array.from({ length: 50 }, (_, row) => row);
    const regression = valuesOf(
      aggregateRegressionRows({ truth, predicted: truth.map((y, row) => y + (row % 2 ? 2 : -1)) }),
    );
    expect(regression).toEqual({ bias: 0.5, absolute_error: 1.5 });
  });

  test("of no rows are none", () => {
    expect(performanceSignals(aggregateBinaryRows({ labels: [], scores: [] }))).toEqual([]);
  });
});
