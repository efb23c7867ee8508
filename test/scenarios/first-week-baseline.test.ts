import { aggregateBinaryRows, decideMaturity, mergeBinaryAggregates } from "@leeway/core/performance";
import { createRandom, drawNormal } from "@leeway/core/random";
import {
  assessPerformanceWindow,
  BUDGET_SHARES,
  calibratePerformance,
  type PerformanceState,
} from "@leeway/core/verdicts";
import { expect, test } from "vitest";

const DAY = 86_400_000;
const ROWS = 400;
const WEEK = 7;
const MONTHS = 2;
const MODELS = 50;
const mature = decideMaturity({
  predictions: 1,
  coverage: 1,
  expectedCoverage: 1,
  finalCoverage: 1,
  ageMs: 0,
});
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const logit = (p: number) => Math.log(p / (1 - p));

/** alarmsBegun returns how many alarms a quiet model begins in two months after its first week, in weather that lasts for days. */
function alarmsBegun(seed: number, weather: { deviation: number; correlation: number }): number {
  const random = createRandom(seed);
  let level = drawNormal(random);
  const draw = () => {
    level = weather.correlation * level + Math.sqrt(1 - weather.correlation ** 2) * drawNormal(random);
    const scores = Array.from({ length: ROWS }, () => sigmoid(-1.4 + 0.6 * drawNormal(random)));
    const labels = scores.map((p) => (random() < sigmoid(logit(p) + weather.deviation * level) ? 1 : 0));
    return aggregateBinaryRows({ labels, scores });
  };
  const week = Array.from({ length: WEEK }, (_, day) => ({ start: day * DAY, aggregate: draw() }));
  const whole = week.map(({ aggregate }) => aggregate).reduce(mergeBinaryAggregates);
  const calibration = calibratePerformance(week, whole, { referenceId: "first-week", windowMs: DAY });
  let previousState: PerformanceState | undefined;
  let alarms = 0;
  for (let day = WEEK; day < WEEK + 30 * MONTHS; day++) {
    const wasAlarm = previousState?.alarm === true;
    const verdict = assessPerformanceWindow({
      window: { start: day * DAY, end: (day + 1) * DAY, predictions: ROWS },
      aggregate: draw(),
      calibration,
      maturity: mature,
      previousState,
    });
    previousState = verdict.state;
    if (verdict.outcome === "alarm" && !wasAlarm) alarms++;
  }
  return alarms;
}

test.each([
  { deviation: 0, correlation: 0 },
  { deviation: 0.2, correlation: 0.3 },
  { deviation: 0.3, correlation: 0.5 },
])(
  "a baseline of its first week keeps a quiet model within the share for performance, whatever the weather: %o",
  (weather) => {
    let alarms = 0;
    for (let seed = 1; seed <= MODELS; seed++) alarms += alarmsBegun(seed, weather);
    expect(alarms / (MODELS * MONTHS)).toBeLessThanOrEqual(BUDGET_SHARES.performance);
  },
);
