import { describe, expect, test } from "vitest";
import {
  aggregateBinaryRows,
  type BinaryAggregate,
  decideMaturity,
  type MaturityNumbers,
  mergeBinaryAggregates,
} from "../../performance/index.ts";
import { createRandom, drawNormal, type RandomSource } from "../../random/index.ts";
import {
  assessPerformanceWindow,
  type PerformanceInput,
  type PerformanceVerdict,
} from "./assess-performance-window.ts";
import { calibratePerformance } from "./calibrate-performance.ts";
import { performanceCalibrationSchema } from "./performance-calibration.ts";
import { performanceStateSchema } from "./performance-state.ts";

const DAY_MS = 86_400_000;
const maturity: MaturityNumbers = {
  predictions: 800,
  coverage: 0.98,
  expectedCoverage: 0.97,
  finalCoverage: 0.98,
  ageMs: DAY_MS,
};
const mature = decideMaturity(maturity);

// Calibrated scores; `rise` is added to the log odds of the outcome, `wander` is a day's own weather, `spread` the scores' spread.
function drawDay(
  random: RandomSource,
  options: { rise?: number; wander?: number; shift?: number; rows?: number } = {},
) {
  const { rise = 0, wander = 0, shift = 0, rows = 800 } = options;
  const weather = wander * drawNormal(random);
  const scores = Array.from({ length: rows }, () => sigmoid(-1.4 + shift + 0.6 * drawNormal(random)));
  const labels = scores.map((score) => (random() < sigmoid(logit(score) + rise + weather) ? 1 : 0));
  return aggregateBinaryRows({ labels, scores });
}

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const logit = (p: number) => Math.log(p / (1 - p));

function createModel(seed: number, wander: number) {
  const random = createRandom(seed);
  const days = Array.from({ length: 31 }, (_, day) => ({
    start: day * DAY_MS,
    aggregate: drawDay(random, { wander }),
  }));
  const referenceAggregate = days.map((day) => day.aggregate).reduce(mergeBinaryAggregates);
  const calibration = calibratePerformance(days, referenceAggregate, {
    referenceId: "january",
    windowMs: DAY_MS,
  });
  let state: PerformanceVerdict["state"] | undefined;
  return {
    calibration,
    random,
    assess(aggregate: BinaryAggregate, rest: Partial<PerformanceInput> = {}): PerformanceVerdict {
      const verdict = assessPerformanceWindow({
        window: { start: 40 * DAY_MS, end: 41 * DAY_MS, predictions: 800 },
        aggregate,
        referenceAggregate,
        calibration,
        maturity: mature,
        previousState: state,
        positiveClass: "late",
        inputs: { outcome: "ok" },
        ...rest,
      });
      state = verdict.state;
      return verdict;
    },
  };
}

describe("a relation that holds", () => {
  test.each([0, 0.3])(
    "stays within its budget over six months, though days have weather (%d in log odds)",
    (wander) => {
      let alarms = 0;
      for (let seed = 1; seed <= 6; seed++) {
        const model = createModel(seed, wander);
        const outcomes = Array.from(
          { length: 30 },
          () => model.assess(drawDay(model.random, { wander })).outcome,
        );
        alarms += outcomes.filter(
          (outcome, day) => outcome === "alarm" && outcomes[day - 1] !== "alarm",
        ).length;
      }
      expect(alarms).toBeLessThanOrEqual(2);
    },
  );

  test("raises none when the inputs shift and the scores with them: that is no concept drift", () => {
    const alarmed = [1, 2, 3, 4, 5].filter((seed) => {
      const model = createModel(seed, 0);
      const inputs = { outcome: "alarm", cause: "input_drift" } as const;
      const outcomes = Array.from(
        { length: 20 },
        () => model.assess(drawDay(model.random, { shift: 1.2 }), { inputs }).outcome,
      );
      return outcomes.includes("alarm");
    });
    // One in five is what the budget allows in three months.
    expect(alarmed.length).toBeLessThanOrEqual(1);
  });
});

test("a healthy verdict never calls usual what its own numbers put outside the usual", () => {
  const ends = { usual: 0, beyond: 0 };
  for (let seed = 1; seed <= 12; seed++) {
    const model = createModel(seed, 0.2);
    for (let day = 0; day < 30; day++) {
      const { outcome, reason } = model.assess(drawDay(model.random, { wander: 0.2 }));
      const told =
        /was ([-\d.]+) where the scores promised ([-\d.]+) .*a difference of ([-\d.]+) ± ([\d.]+) is normal/.exec(
          reason,
        );
      if (outcome !== "ok" || told === null) continue;
      const [came, promised, level, margin] = told.slice(1).map(Number) as [number, number, number, number];
      const excess = Math.abs(came - promised - level) - margin;
      // The numbers are written with three digits.
      if (excess < -0.002) expect(reason).toMatch(/: as usual$/);
      if (excess > 0.002)
        expect(reason).toMatch(/: a little outside this range, not significant for one window$/);
      ends[excess > 0 ? "beyond" : "usual"]++;
    }
  }
  expect(ends.usual).toBeGreaterThan(100);
  expect(ends.beyond).toBeGreaterThan(0);
});

describe("a relation that changed", () => {
  test("grossly is an alarm in its first mature window, with a sentence a person can act on", () => {
    const model = createModel(5, 0.2);
    const verdict = model.assess(drawDay(model.random, { rise: 1.5 }));
    expect(verdict.outcome).toBe("alarm");
    expect(verdict.cause).toBe("concept_drift");
    expect(verdict.reason).toMatch(
      /^"late" came [\d.]+ % of the time where the model said [\d.]+ % \(window 1970-02-10, 800 labels; reference gap .* points ± .*\): the relation between inputs and outcome changed while the inputs did not$/,
    );
  });

  test("moderately is found by the chart within ten days, upwards or downwards", () => {
    for (const rise of [0.35, -0.45]) {
      const model = createModel(6, 0.15);
      const outcomes = Array.from(
        { length: 10 },
        () => model.assess(drawDay(model.random, { rise, wander: 0.15 })).outcome,
      );
      expect(outcomes).toContain("alarm");
    }
  });

  test("for days is described by its mean since it began, also on a day that looks normal by itself", () => {
    const model = createModel(6, 0);
    const start = 41 * DAY_MS;
    const day = (index: number, rise: number) =>
      model.assess(drawDay(model.random, { rise }), {
        window: { start: start + index * DAY_MS, end: start + (index + 1) * DAY_MS, predictions: 800 },
      });
    for (let index = 0; index < 8; index++) day(index, 0.3);
    const { outcome, reason } = day(8, 0);
    expect(outcome).toBe("alarm");
    const said =
      /came ([\d.]+) % of the time where the model said ([\d.]+) % over the last (\d+) windows \(since 1970-02-1\d, ([\d,]+) labels; reference gap .* points ± ([\d.]+)\)/.exec(
        reason,
      );
    expect(said, reason).not.toBeNull();
    const [came, promised, windows, , margin] = said!.slice(1).map((text) => Number(text.replace(",", "")));
    expect(windows).toBeGreaterThanOrEqual(5);
    // A rise of 0.3 in log odds is five points here; that must stand out of what the sentence calls normal.
    expect(came! - promised!).toBeGreaterThan(3);
    expect(came! - promised!).toBeGreaterThan(margin!);
  });

  test("in its ranking alone is reported as the AUC beside the one that the scores promised", () => {
    const model = createModel(13, 0);
    const blind = () => {
      const scores = Array.from({ length: 800 }, () => sigmoid(-1.4 + 0.6 * drawNormal(model.random)));
      const rate = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      return aggregateBinaryRows({ labels: scores.map(() => (model.random() < rate ? 1 : 0)), scores });
    };
    const reasons = Array.from({ length: 6 }, () => model.assess(blind()).reason);
    expect(reasons.at(-1)).toMatch(/^The (AUC|log loss) was [\d.]+ where the scores promised [\d.]+/);
  });

  test("and changed back clears the alarm within a week", () => {
    const model = createModel(7, 0.1);
    for (let day = 0; day < 5; day++) model.assess(drawDay(model.random, { rise: 1.5 }));
    const outcomes = Array.from({ length: 8 }, () => model.assess(drawDay(model.random)).outcome);
    expect(outcomes.at(-1)).toBe("ok");
  });
});

test("an immature window is shown and moves nothing", () => {
  const model = createModel(8, 0);
  const before = model.assess(drawDay(model.random)).state;
  const verdict = model.assess(drawDay(model.random, { rise: 2 }), {
    maturity: decideMaturity({ ...maturity, coverage: 0.12, expectedCoverage: 0.2 }),
  });
  expect(verdict.outcome).toBe("immature");
  expect(verdict.state).toEqual(before);
  expect(verdict.detail.metrics["log_loss"]?.value).toBeGreaterThan(0);
});

test("a window with broken inputs is the pipeline's, and moves no chart", () => {
  const model = createModel(9, 0);
  const before = model.assess(drawDay(model.random)).state;
  const verdict = model.assess(drawDay(model.random, { rise: 2 }), {
    inputs: { outcome: "alarm", cause: "pipeline" },
  });
  expect(verdict.outcome).toBe("alarm");
  expect(verdict.cause).toBe("pipeline");
  expect(verdict.state).toEqual(before);
});

test("too few labels are not judged", () => {
  const model = createModel(10, 0);
  expect(model.assess(drawDay(model.random, { rows: 12 })).outcome).toBe("insufficient_data");
});

test("a fixed limit is an alarm only where the whole interval is beyond it", () => {
  const model = createModel(11, 0);
  const day = drawDay(model.random);
  const limit = (minimum: number) => ({ thresholds: { metric: "roc_auc", minimum }, minimum_count: 1 });
  expect(model.assess(day, { monitor: limit(0.99) }).outcome).toBe("alarm");
  expect(model.assess(day, { monitor: limit(0.3) }).outcome).toBe("ok");
  const value = model.assess(day).detail.metrics["roc_auc"]!.value!;
  expect(model.assess(day, { monitor: limit(value + 0.001) }).outcome).toBe("drifting");
});

test("calibration and state survive their stored form", () => {
  const model = createModel(12, 0.2);
  const calibration = JSON.parse(JSON.stringify(model.calibration));
  expect(performanceCalibrationSchema.parse(calibration)).toEqual(model.calibration);
  const { state } = model.assess(drawDay(model.random, { rise: 0.4 }));
  expect(performanceStateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
});
