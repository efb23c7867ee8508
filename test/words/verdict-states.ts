import { aggregateRegressionRows, decideMaturity, mergeRegressionAggregates } from "@leeway/core/performance";
import { createRandom, drawNormal } from "@leeway/core/random";
import {
  assessLabelsWindow,
  assessPerformanceWindow,
  assessSloWindow,
  assessVolumeWindow,
  calibratePerformance,
  type PerformanceInput,
  type PerformanceVerdict,
} from "@leeway/core/verdicts";

/** SaidVerdict is a verdict's words with what they are about. */
export interface SaidVerdict {
  state: string;
  outcome: string;
  reason: string;
  cause?: PerformanceVerdict["cause"];
  confidence?: number;
}

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** performanceVerdicts returns what is said of a regressor's windows: as usual, worse for a while, grossly wrong, beside other inputs, with few labels or none. */
export function performanceVerdicts(): SaidVerdict[] {
  const random = createRandom(3);
  const draw = (error: number, rows: number) => {
    const truth = Array.from({ length: rows }, () => 10 * drawNormal(random));
    return aggregateRegressionRows({
      truth,
      predicted: truth.map((y) => y + error + drawNormal(random)),
      anchor: 0,
    });
  };
  const past = Array.from({ length: 20 }, (_, day) => ({ start: day * DAY, aggregate: draw(0, 300) }));
  const whole = past.map(({ aggregate }) => aggregate).reduce(mergeRegressionAggregates);
  const calibration = calibratePerformance(past, whole, { referenceId: "january", windowMs: DAY });
  const numbers = {
    predictions: 320,
    coverage: 0.94,
    expectedCoverage: 0.95,
    finalCoverage: 0.96,
    ageMs: 3 * DAY,
  };
  const states: [state: string, error: number, rest: Partial<PerformanceInput>, rows?: number][] = [
    ["as usual", 0, {}],
    ...[0.1, 0.15, 0.2, 0.25, 0.25, 0.25, 0.25, 0.25].map((error): [string, number, object] => [
      "worse for a while",
      error,
      {},
    ]),
    ["grossly wrong", 3, { inputs: { outcome: "ok" } }],
    ["grossly wrong beside broken inputs", 3, { inputs: { outcome: "alarm", cause: "pipeline" } }],
    ["grossly wrong beside inputs that moved", 3, { inputs: { outcome: "drifting", cause: "input_drift" } }],
    ["labels late", 0, { maturity: decideMaturity({ ...numbers, expectedCoverage: 0.4 }) }],
    ["within the label delay", 0, { maturity: decideMaturity({ ...numbers, labelDelayMs: 5 * DAY }) }],
    ["labels not settled", 0, { maturity: decideMaturity({ ...numbers, isSettled: false }) }],
    ["few labels", 0, { maturity: decideMaturity({ ...numbers, coverage: 0.2 }) }],
    ["few rows", 0, {}, 12],
    ["one row", 0, {}, 1],
    ["no row", 0, {}, 0],
  ];
  const monitors = [
    {},
    { monitor: { minimum_count: 50, thresholds: { metric: "mae", maximum: 0.82 } } },
    { monitor: { minimum_count: 30, thresholds: { metric: "beauty", minimum: 1 } } },
    { calibration: undefined },
  ];
  return monitors.flatMap((given) => {
    let previousState: PerformanceVerdict["state"] | undefined;
    return states.map(([state, error, rest, rows = 300], day) => {
      const verdict = assessPerformanceWindow({
        window: { start: (30 + day) * DAY, end: (31 + day) * DAY, predictions: rows },
        aggregate: draw(error, rows),
        calibration,
        maturity: decideMaturity(numbers),
        previousState,
        ...rest,
        ...given,
      });
      previousState = verdict.state;
      return { ...verdict, state };
    });
  });
}

/** volumeVerdicts returns what is said of traffic that is steady, stops, drops, surges, or is too young to know. */
export function volumeVerdicts(): SaidVerdict[] {
  const history = Array.from({ length: 28 }, (_, day) => ({
    start: day * DAY,
    count: 12_000 + 100 * (day % 3),
  }));
  const say = (state: string, count: number, known = history): SaidVerdict[] => {
    const window = { start: 28 * DAY, end: 29 * DAY, count };
    const first = assessVolumeWindow({ window, history: known });
    return [first, assessVolumeWindow({ window, history: known, previousState: first.state })].map(
      (verdict) => ({ ...verdict, state }),
    );
  };
  return [
    ...say("steady", 12_050),
    ...say("stopped", 0),
    ...say("dropped", 900),
    ...say("one prediction", 1),
    ...say("surged", 61_000),
    ...say("young", 12_000, history.slice(0, 1)),
    ...say("young, one prediction", 1, []),
  ];
}

/** labelsVerdicts returns what is said of labels that come as usual, late, hardly or not at all. */
export function labelsVerdicts(): SaidVerdict[] {
  const say = (
    state: string,
    predictions: number,
    labelled: number,
    known: object,
    isCompared = true,
  ): SaidVerdict => {
    const coverage = predictions === 0 ? 0 : labelled / predictions;
    const maturity = decideMaturity({
      predictions,
      coverage,
      expectedCoverage: 0.95,
      finalCoverage: 0.97,
      ageMs: 3 * DAY,
      ...known,
    });
    return {
      ...assessLabelsWindow({ window: { start: 0, end: DAY, predictions, labelled }, maturity, isCompared }),
      state,
    };
  };
  return [
    say("as usual", 1_200, 1_150, {}),
    say("not compared", 1_200, 1_150, {}, false),
    say("hardly any", 1_200, 150, {}),
    say("none", 1_200, 0, {}),
    say("one of one", 1, 1, {}),
    say("one of two", 2, 1, {}),
    say("few predictions", 9, 1, {}),
    say("no prediction", 0, 0, {}),
    say("nothing known", 1_200, 20, { expectedCoverage: null, finalCoverage: null }),
    say("within the delay", 1_200, 20, { labelDelayMs: 9 * DAY }),
    say("none within the delay", 1_200, 0, { labelDelayMs: DAY }),
  ];
}

/** objectiveVerdicts returns what is said of an objective that is met, missed by failures, by slowness or by both, or not measured. */
export function objectiveVerdicts(): SaidVerdict[] {
  const say = (
    state: string,
    events: { total: number; failed: number; slow: number; untimed?: number },
    other?: string,
  ): SaidVerdict => {
    const countOver = (durationMs: number) => {
      const hours = durationMs / HOUR;
      const { total, failed, slow, untimed = 0 } = events;
      const of = (perHour: number) => Math.round(perHour * hours);
      return {
        total: of(total),
        good: of(total - failed - slow),
        failed: of(failed),
        untimed: of(untimed),
        spanMs: durationMs,
      };
    };
    const none = () => ({ total: 0, good: 0, failed: 0, untimed: 0, spanMs: HOUR });
    return {
      ...assessSloWindow({
        window: { start: 0, end: HOUR },
        objective: { threshold_ms: 250, target: 0.99, period_ms: 30 * DAY },
        countOver,
        ...(other === undefined ? {} : { version: { own: none, others: new Map([[other, countOver]]) } }),
      }),
      state,
    };
  };
  return [
    say("met", { total: 4_000, failed: 2, slow: 4 }),
    say("requests fail", { total: 4_000, failed: 900, slow: 0 }),
    say("requests are slow", { total: 4_000, failed: 0, slow: 900 }),
    say("both", { total: 4_000, failed: 500, slow: 900 }),
    say("another version", { total: 4_000, failed: 500, slow: 900 }, "2"),
    say("a slow burn", { total: 4_000, failed: 0, slow: 90 }),
    say("few requests", { total: 1, failed: 0, slow: 0 }),
    say("no request", { total: 0, failed: 0, slow: 0 }),
    say("no latency", { total: 10, failed: 0, slow: 0, untimed: 4_000 }),
  ];
}
