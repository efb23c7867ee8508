import { describe, expect, it } from "vitest";
import { createRandom, drawNormal } from "../random/index.ts";
import { aggregateRegressionRows } from "./aggregate-regression-rows.ts";
import type { Metric } from "./metric.ts";
import { emptyRegressionAggregate, mergeRegressionAggregates } from "./regression-aggregate.ts";
import {
  type RegressionMetricName,
  regressionMetrics,
  regressionPerformance,
} from "./regression-performance.ts";
import { RESIDUAL_RELATIVE_ERROR, residualBucket, residualBucketCenter } from "./residual-histogram.ts";

/** draw returns rows whose truth varies with standard deviation 2 and whose error is normal with mean 0.5 and deviation 1. */
function draw(rows: number, seed: number) {
  const random = createRandom(seed);
  const truth = Array.from({ length: rows }, () => 10 + 2 * drawNormal(random));
  return { truth, predicted: truth.map((y) => y + 0.5 + drawNormal(random)), anchor: 9 };
}

function ok(metric: Metric) {
  if (metric.outcome !== "ok") throw new Error(metric.reason);
  return metric;
}

describe("intervals of regression metrics", () => {
  it("cover the true value about as often as they say", () => {
    // E|e|, E e², and so on of a normal error with mean 0.5 and deviation 1.
    const truth: Partial<Record<RegressionMetricName, number>> = {
      bias: 0.5,
      mae: 0.8956,
      mse: 1.25,
      rmse: Math.sqrt(1.25),
      r2: 1 - 1.25 / 4,
    };
    const covered: Partial<Record<RegressionMetricName, number>> = {};
    let medianCovered = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const { metrics, residualQuantiles } = regressionPerformance(draw(200, seed));
      for (const [name, value] of Object.entries(truth) as [RegressionMetricName, number][]) {
        const { ciLow, ciHigh } = ok(metrics[name]);
        if (ciLow! <= value && value <= ciHigh!) covered[name] = (covered[name] ?? 0) + 1;
      }
      const median = ok(residualQuantiles.find((one) => one.q === 0.5)!.residual);
      if (median.ciLow! <= 0.5 && 0.5 <= median.ciHigh!) medianCovered++;
    }
    for (const name of Object.keys(truth) as RegressionMetricName[]) {
      expect(covered[name]! / 400, name).toBeGreaterThan(0.91);
    }
    expect(medianCovered / 400).toBeGreaterThan(0.91);
  });
});

describe("aggregates of regression rows", () => {
  it("merge to the aggregate of all rows; an empty one with another anchor changes nothing", () => {
    const all = draw(300, 7);
    const part = (from: number, to: number) => ({
      truth: all.truth.slice(from, to),
      predicted: all.predicted.slice(from, to),
      anchor: 9,
    });
    const merged = mergeRegressionAggregates(
      emptyRegressionAggregate(0),
      mergeRegressionAggregates(
        aggregateRegressionRows(part(0, 100)),
        aggregateRegressionRows(part(100, 300)),
      ),
    );
    const whole = regressionPerformance(all).metrics;
    const rolledUp = regressionMetrics(merged).metrics;
    for (const name of ["mae", "mse", "rmse", "mape", "smape", "r2", "bias", "max_error"] as const) {
      expect(ok(rolledUp[name]).value, name).toBeCloseTo(ok(whole[name]).value, 9);
    }
    const exact = ok(whole.median_absolute_error).value;
    expect(Math.abs(ok(rolledUp.median_absolute_error).value / exact - 1)).toBeLessThan(0.03);
  });

  it("refuse to merge rows taken about different anchors", () => {
    const a = aggregateRegressionRows({ ...draw(5, 1), anchor: 0 });
    const b = aggregateRegressionRows({ ...draw(5, 2), anchor: 1 });
    expect(() => mergeRegressionAggregates(a, b)).toThrow("cannot be merged");
  });
});

describe("residual buckets", () => {
  it("keep the order and the sign of residuals, and their size within one per cent", () => {
    const residuals = [-1e9, -3, -1e-6, -1e-12, 0, 1e-13, 1e-12, 2e-7, 1, 1.5, 1e12];
    const buckets = residuals.map(residualBucket);
    expect(buckets).toEqual([...buckets].sort((a, b) => a - b));
    for (const residual of residuals.filter((one) => Math.abs(one) >= 1e-12)) {
      const center = residualBucketCenter(residualBucket(residual));
      expect(Math.abs(center / residual - 1)).toBeLessThanOrEqual(RESIDUAL_RELATIVE_ERROR * (1 + 1e-9));
    }
  });
});

describe("a window that cannot be judged", () => {
  it("without rows has insufficient data for every metric", () => {
    const outcomes = Object.values(regressionPerformance({ truth: [], predicted: [] }).metrics).map(
      (m) => m.outcome,
    );
    expect(new Set(outcomes)).toEqual(new Set(["insufficient_data"]));
  });

  it("names a constant truth and an all-zero truth instead of dividing by them", () => {
    const { metrics } = regressionPerformance({ truth: [0, 0, 0], predicted: [0.1, 0, -0.2] });
    expect(metrics.r2).toMatchObject({ outcome: "not_defined", conventionalValue: 0 });
    expect(metrics.mape.outcome).toBe("not_defined");
    expect(metrics.mae.outcome).toBe("ok");
  });

  it("counts rows that are not finite, and leaves them out", () => {
    const { metrics, invalidRows } = regressionPerformance({
      truth: [1, Number.NaN, 3, 4],
      predicted: [1, 2, Number.POSITIVE_INFINITY, 5],
    });
    expect(invalidRows).toBe(2);
    expect(ok(metrics.mae).value).toBe(0.5);
  });
});
