import { describe, expect, test } from "vitest";
import type { Columns } from "../bench/triage/columns.ts";
import type { Fault } from "../bench/triage/faults.ts";
import { trainModel } from "../bench/triage/play.ts";
import { worldNamed } from "../bench/triage/worlds.ts";

// A station with a year of hourly rows behind it, judged by the week (168 rows): seasons, days and weather move every column by themselves.
const station = worldNamed("seasonal station");
const SEEDS = [11, 12];
const TIMEOUT_MS = 120_000;

const onNumbers =
  (feature: string, change: (x: number, row: number) => number) =>
  (columns: Columns): Columns => ({
    ...columns,
    [feature]: columns[feature]!.map((value, row) =>
      typeof value === "number" ? change(value, row) : value,
    ),
  });

const broken = (feature: string, change: (x: number, row: number) => number): Fault => ({
  name: feature,
  cause: "pipeline",
  features: [feature],
  breakColumns: onNumbers(feature, change),
});

function firstAlarm(fault: Fault, seed: number, quietWeeks: number) {
  const model = trainModel(station, seed);
  model.play(quietWeeks);
  const weeks = model.play(6, fault);
  const week = weeks.findIndex(({ drift }) => drift.outcome === "alarm");
  return { week: week + 1, verdict: weeks[week]?.drift };
}

describe("behind a seasonal reference a broken column is found", () => {
  test.each([
    ["°F for °C", "temperature", (x: number) => 1.8 * x + 32, /converted from °C to °F|mean/],
    [
      "a hundred times too large",
      "pressure",
      (x: number) => 100 * x,
      /multiplied by 100 |beyond the reference/,
    ],
    ["frozen at one value", "pressure", () => 1_009.3, /every one of 168 values/],
    [
      "a quarter zeros",
      "temperature",
      (x: number, row: number) => (row % 4 === 0 ? 0 : x),
      /of the values are/,
    ],
    ["rounded to tens", "temperature", (x: number) => 10 * Math.round(x / 10), /rounded|of the values are/],
    ["cut off at its upper half", "pressure", (x: number) => Math.min(x, 1_016), /cut off|of the values are/],
  ] as const)(
    "%s: within two weeks, in winter and in summer, as a broken pipeline",
    (_, feature, change, sentence) => {
      for (const seed of SEEDS) {
        for (const quietWeeks of [2, 26]) {
          const { week, verdict } = firstAlarm(broken(feature, change), seed, quietWeeks);
          expect(week, `seed ${seed}, after ${quietWeeks} weeks`).toBeGreaterThan(0);
          expect(week).toBeLessThanOrEqual(2);
          expect(verdict?.cause).toBe("pipeline");
          expect(verdict?.blamed[0]?.name).toBe(feature);
          expect(verdict?.blamed[0]?.evidence).toMatch(sentence);
        }
      }
    },
    TIMEOUT_MS,
  );

  test(
    "an offset of three standard deviations, within four weeks",
    () => {
      for (const seed of SEEDS) {
        const { week, verdict } = firstAlarm(
          broken("temperature", (x) => x + 36),
          seed,
          10,
        );
        expect(week).toBeGreaterThan(0);
        expect(week).toBeLessThanOrEqual(4);
        expect(verdict?.blamed[0]?.name).toBe("temperature");
      }
    },
    TIMEOUT_MS,
  );
});

test(
  "and in two clean years after it are no more false alarms than the budget allows, each July compared with July",
  () => {
    // Half a false alarm in 30 days: twelve in two years.
    const alarms: string[] = [];
    for (const seed of SEEDS) {
      const weeks = trainModel(station, seed).play(52);
      for (const { drift } of weeks) {
        if (drift.outcome === "alarm") alarms.push(`${drift.cause} ${drift.reason}`);
      }
      expect(weeks[25]?.drift.detail.features["temperature"]?.baseline?.slot).toMatch(
        /^weeks around \d+ (June|July)/,
      );
    }
    expect(alarms.filter((alarm) => alarm.startsWith("pipeline"))).toEqual([]);
    expect(alarms.length).toBeLessThanOrEqual(4);
  },
  TIMEOUT_MS,
);
