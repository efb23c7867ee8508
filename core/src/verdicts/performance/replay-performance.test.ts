import { expect, test } from "vitest";
import { type PerformanceWindow, performanceWindowSchema } from "../../evaluation/index.ts";
import {
  aggregateRegressionRows,
  decideMaturity,
  mergeRegressionAggregates,
} from "../../performance/index.ts";
import { createRandom, drawNormal } from "../../random/index.ts";
import {
  assessPerformanceWindow,
  type PerformanceInput,
  type PerformanceVerdict,
} from "./assess-performance-window.ts";
import { calibratePerformance } from "./calibrate-performance.ts";
import { replayPerformance } from "./replay-performance.ts";

const DAY = 86_400_000;
const random = createRandom(3);
const drawDay = (error: number, rows = 300) => {
  const truth = Array.from({ length: rows }, () => 10 * drawNormal(random));
  const predicted = truth.map((value) => value + error + drawNormal(random));
  return aggregateRegressionRows({ truth, predicted, anchor: 0 });
};
const days = Array.from({ length: 20 }, (_, day) => ({ start: day * DAY, aggregate: drawDay(0) }));
const calibration = calibratePerformance(
  days,
  days.map(({ aggregate }) => aggregate).reduce(mergeRegressionAggregates),
  { referenceId: "january", windowMs: DAY },
);
const numbers = {
  predictions: 320,
  coverage: 0.94,
  expectedCoverage: 0.95,
  finalCoverage: 0.96,
  ageMs: 3 * DAY,
};
const mature = decideMaturity(numbers);

// A change that lasts and ends, a gross one, broken inputs, labels that have not come, too few of them, none.
const STORY: [error: number, rest: Partial<PerformanceInput> & { rows?: number }][] = [
  ...[0, 0, 0.15, 0, 0, 0.25, 0.25, 0.25, 0.25, 0.25, 0, 0, 0, 0].map((error): [number, object] => [
    error,
    {},
  ]),
  [3, { inputs: { outcome: "ok" } }],
  [3, { inputs: { outcome: "alarm", cause: "pipeline" } }],
  [3, { inputs: { outcome: "drifting", cause: "input_drift" } }],
  [0, { maturity: decideMaturity({ ...numbers, expectedCoverage: 0.4 }) }],
  [0, { maturity: decideMaturity({ ...numbers, labelDelayMs: 5 * DAY }) }],
  [0, { maturity: decideMaturity({ ...numbers, isSettled: false }) }],
  [0, { maturity: decideMaturity({ ...numbers, coverage: 0.2 }) }],
  [
    0,
    { labelBias: { outcome: "refused", reason: "early labels say less" } as PerformanceInput["labelBias"] },
  ],
  [0, { labelBias: { outcome: "representative", reason: "a fair sample" } as PerformanceInput["labelBias"] }],
  [0, { rows: 12 }],
  [0, { rows: 0 }],
];

function verdicts(given: Partial<PerformanceInput>): PerformanceVerdict[] {
  let previousState: PerformanceVerdict["state"] | undefined;
  return STORY.map(([error, { rows = 300, ...rest }], day) => {
    const verdict = assessPerformanceWindow({
      window: { start: (30 + day) * DAY, end: (31 + day) * DAY, predictions: rows },
      aggregate: drawDay(error, rows),
      calibration,
      maturity: mature,
      previousState,
      ...rest,
      ...given,
    });
    previousState = verdict.state;
    return verdict;
  });
}

const stored = (detail: PerformanceWindow) =>
  performanceWindowSchema.parse(JSON.parse(JSON.stringify(detail)));

test.each([
  ["calibrated bars", {}, ["alarm", "drifting", "immature", "insufficient_data", "no_data", "ok"]],
  [
    "a fixed limit",
    { monitor: { minimum_count: 50, thresholds: { metric: "mae", maximum: 0.82 } } },
    ["alarm", "drifting", "immature", "insufficient_data", "no_data", "ok"],
  ],
  ["no reference", { calibration: undefined }, ["immature", "insufficient_data", "no_data"]],
  [
    "a limit to a metric that there is not",
    { calibration: undefined, monitor: { minimum_count: 30, thresholds: { metric: "beauty", minimum: 1 } } },
    ["immature", "insufficient_data", "no_data", "not_defined"],
  ],
] as const)(
  "a verdict by %s follows from what is stored with it and the state before",
  (_, given, outcomes) => {
    const told = verdicts(given as Partial<PerformanceInput>);
    expect([...new Set(told.map(({ outcome }) => outcome))].sort()).toEqual(outcomes);
    told.forEach(({ detail, outcome, reason, cause, confidence, state }, i) => {
      const replayed = replayPerformance(stored(detail), told[i - 1]?.state);
      expect([i, replayed]).toEqual([
        i,
        { outcome, reason, state, ...(cause === undefined ? {} : { cause, confidence }) },
      ]);
    });
  },
);

test("another number in what is stored is another verdict", () => {
  const { detail } = verdicts({}).find(({ outcome }) => outcome === "alarm")!;
  const other = (change: (detail: PerformanceWindow) => void) => {
    const changed = stored(detail);
    change(changed);
    return replayPerformance(changed)?.outcome;
  };
  expect(
    other(({ basis }) =>
      basis!.signals.forEach((signal) => {
        signal.value = signal.level;
      }),
    ),
  ).toBe("ok");
  expect(
    other(({ basis }) =>
      basis!.signals.forEach((signal) => {
        signal.variance *= 1e4;
      }),
    ),
  ).toBe("ok");
  expect(
    other(({ basis }) => {
      basis!.maturity.label_delay_ms = 9 * DAY;
    }),
  ).toBe("immature");
  expect(
    other((window) => {
      delete window.basis;
    }),
  ).toBeUndefined();
});
