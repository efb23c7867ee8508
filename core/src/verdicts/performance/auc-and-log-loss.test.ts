import { describe, expect, test } from "vitest";
import {
  aggregateBinaryRows,
  binaryMetrics,
  decideMaturity,
  mergeBinaryAggregates,
} from "../../performance/index.ts";
import { createRandom } from "../../random/index.ts";
import { assessPerformanceWindow } from "./assess-performance-window.ts";
import { calibratePerformance } from "./calibrate-performance.ts";
import type { PerformanceState } from "./performance-state.ts";

const DAY_MS = 86_400_000;
const ROWS = 4_000;
const SCORES = [0.1, 0.4, 0.6, 0.9] as const;
const mature = decideMaturity({
  predictions: ROWS,
  coverage: 1,
  expectedCoverage: 1,
  finalCoverage: 1,
  ageMs: DAY_MS,
});

type Rates = readonly [number, number, number, number];

// `rates` are the shares of positives that really come behind the four scores.
function play(rates: Rates, seed: number) {
  const random = createRandom(seed);
  const draw = (truth: Rates) => {
    const groups = Array.from({ length: ROWS }, () => Math.floor(4 * random()));
    const labels = groups.map((group) => (random() < truth[group]! ? 1 : 0));
    return aggregateBinaryRows({ labels, scores: groups.map((group) => SCORES[group]!) });
  };
  const past = Array.from({ length: 31 }, (_, day) => ({ start: day * DAY_MS, aggregate: draw(SCORES) }));
  const reference = past.map(({ aggregate }) => aggregate).reduce(mergeBinaryAggregates);
  const calibration = calibratePerformance(past, reference, { referenceId: "reference", windowMs: DAY_MS });
  let previousState: PerformanceState | undefined;
  const days = Array.from({ length: 10 }, (_, day) => {
    const start = (31 + day) * DAY_MS;
    const aggregate = draw(rates);
    const window = { start, end: start + DAY_MS, predictions: ROWS };
    const verdict = assessPerformanceWindow({
      window,
      aggregate,
      calibration,
      maturity: mature,
      previousState,
    });
    previousState = verdict.state;
    return { verdict, aggregate };
  });
  const since = days.findIndex(({ verdict }) => verdict.outcome === "alarm");
  const { metrics } = binaryMetrics(days.map(({ aggregate }) => aggregate).reduce(mergeBinaryAggregates));
  const before = binaryMetrics(reference).metrics;
  const change = (name: "roc_auc" | "log_loss") => {
    const [now, then] = [metrics[name], before[name]];
    return now?.outcome === "ok" && then?.outcome === "ok" ? now.value - then.value : Number.NaN;
  };
  return { days: since === -1 ? Infinity : since + 1, reason: days[since]?.verdict.reason, change };
}

describe("a binary model reports", () => {
  test.each([1, 2, 3])("when its AUC falls though its log loss stays (seed %d)", (seed) => {
    // What comes behind the middle scores changed places, and the outer ones became surer.
    const { days, reason, change } = play([0.0631, 0.6, 0.4, 0.9369], seed);
    expect(change("roc_auc")).toBeLessThan(-0.015);
    expect(Math.abs(change("log_loss"))).toBeLessThan(0.01);
    expect(days).toBeLessThanOrEqual(4);
    expect(reason).toContain("AUC");
  });

  test.each([1, 2, 3])("when its log loss rises though its AUC stays (seed %d)", (seed) => {
    const { days, reason, change } = play([0.16, 0.22, 0.78, 0.84], seed);
    expect(Math.abs(change("roc_auc"))).toBeLessThan(0.01);
    expect(change("log_loss")).toBeGreaterThan(0.015);
    expect(days).toBeLessThanOrEqual(4);
    expect(reason).toContain("log loss");
  });
});
