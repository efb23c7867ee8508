// Prints the concept-drift tables of docs/benchmarks.md: node --import tsx test/bench/detection/performance.ts [models]
import { aggregateBinaryRows, decideMaturity, mergeBinaryAggregates } from "@leeway/core/performance";
import { createRandom, drawNormal, type RandomSource } from "@leeway/core/random";
import { assessPerformanceWindow, calibratePerformance, type PerformanceState } from "@leeway/core/verdicts";

const DAY_MS = 86_400_000;
const HORIZON = 60;
const models = Number(process.argv[2] ?? 40);
const mature = decideMaturity({
  predictions: 1,
  coverage: 1,
  expectedCoverage: 1,
  finalCoverage: 1,
  ageMs: 0,
});

/** Weather is how much the log odds of a day wander of themselves, and how alike neighbouring days are. */
interface Weather {
  referenceDays: number;
  deviation: number;
  correlation: number;
  /** Labels a day, and the mean log odds of the scores; 500 and -1.4 (about 22 % positive) where absent. */
  labels?: number;
  logOdds?: number;
}

const LABELS = 500;
const LOG_ODDS = -1.4;
// With this the mean of the scores is 1 %.
const ONE_PERCENT = -4.77;

const WEATHERS: Weather[] = [
  { referenceDays: 31, deviation: 0, correlation: 0 },
  { referenceDays: 31, deviation: 0.2, correlation: 0 },
  { referenceDays: 31, deviation: 0.3, correlation: 0.5 },
  { referenceDays: 31, deviation: 0.3, correlation: 0.8 },
  { referenceDays: 14, deviation: 0.2, correlation: 0.3 },
  { referenceDays: 7, deviation: 0.2, correlation: 0.3 },
  { referenceDays: 31, deviation: 0, correlation: 0, labels: 5_000, logOdds: ONE_PERCENT },
  { referenceDays: 31, deviation: 0, correlation: 0, labels: 500, logOdds: ONE_PERCENT },
];

console.log(`Calibrated scores, ${models} models\n`);
console.log(
  "| reference | labels a day, positive | weather σ (log odds) | φ | false alarms a month | +0.3 found after | +0.5 | +1 |\n|---|---|---:|---:|---:|---:|---:|---:|",
);
for (const weather of WEATHERS) {
  const falseAlarms = outcomes(weather, 0).reduce((sum, days) => sum + alarmsBegun(days), 0);
  const cells = [0.3, 0.5, 1].map((rise) => medianDelay(outcomes(weather, rise)));
  const perMonth = falseAlarms / ((models * HORIZON) / 30);
  const { referenceDays, deviation, correlation, labels = LABELS, logOdds = LOG_ODDS } = weather;
  const share = logOdds === ONE_PERCENT ? "1 %" : "22 %";
  console.log(
    `| ${referenceDays} days | ${labels}, ${share} | ${deviation} | ${correlation} | ${perMonth.toFixed(2)} | ${cells.join(" | ")} |`,
  );
}

function outcomes(weather: Weather, rise: number): boolean[][] {
  return Array.from({ length: models }, (_, index) => runModel(weather, rise, createRandom(7 * index + 1)));
}

function runModel(weather: Weather, rise: number, random: RandomSource): boolean[] {
  const { labels: labelsADay = LABELS, logOdds = LOG_ODDS } = weather;
  let level = drawNormal(random);
  const draw = (shift: number) => {
    const { deviation, correlation } = weather;
    level = correlation * level + Math.sqrt(1 - correlation ** 2) * drawNormal(random);
    const scores = Array.from({ length: labelsADay }, () => sigmoid(logOdds + 0.6 * drawNormal(random)));
    const labels = scores.map((p) => (random() < sigmoid(logit(p) + shift + deviation * level) ? 1 : 0));
    return aggregateBinaryRows({ labels, scores });
  };
  const days = Array.from({ length: weather.referenceDays }, (_, day) => ({
    start: day * DAY_MS,
    aggregate: draw(0),
  }));
  const referenceAggregate = days.map(({ aggregate }) => aggregate).reduce(mergeBinaryAggregates);
  const calibration = calibratePerformance(days, referenceAggregate, {
    referenceId: "reference",
    windowMs: DAY_MS,
  });
  let previousState: PerformanceState | undefined;
  return Array.from({ length: HORIZON }, (_, day) => {
    const start = (weather.referenceDays + day) * DAY_MS;
    const verdict = assessPerformanceWindow({
      window: { start, end: start + DAY_MS, predictions: labelsADay },
      aggregate: draw(rise),
      calibration,
      maturity: mature,
      previousState,
    });
    previousState = verdict.state;
    return verdict.outcome === "alarm";
  });
}

function alarmsBegun(days: readonly boolean[]): number {
  return days.filter((isAlarm, day) => isAlarm && days[day - 1] !== true).length;
}

function medianDelay(runs: readonly boolean[][]): string {
  const delays = runs.map((days) => days.indexOf(true) + 1).map((delay) => (delay === 0 ? Infinity : delay));
  const sorted = delays.sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)]!;
  const found = sorted.filter(Number.isFinite).length / sorted.length;
  const text = Number.isFinite(median) ? `${median} days` : `> ${HORIZON} days`;
  return found === 1 ? text : `${text} (${Math.round(100 * found)} %)`;
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function logit(p: number): number {
  return Math.log(p / (1 - p));
}
