import { expect, test } from "vitest";
import type { Monitor } from "../records/index.ts";
import { automaticSpan, referenceMonitor } from "./automatic-span.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 0, 5);

/** steady are hours with `perHour` predictions each, for a number of days. */
const steady = (perHour: number, days: number) =>
  Array.from({ length: 24 * days }, (_, index) => ({ hour: T0 + index * HOUR, rows: perHour }));

const span = (hours: { hour: number; rows: number }[], days: number, window = DAY, minimum_count = 30) =>
  automaticSpan({
    version: "1",
    hours,
    first: T0 + 60_000,
    asOf: T0 + days * DAY,
    monitor: { window, minimum_count },
  });

test.each<[string, number, number, number, number | undefined]>([
  ["many predictions a day in windows of six hours: the first day", 100, 5, 6 * HOUR, 1],
  ["many predictions a day in windows of a day: three days", 100, 5, DAY, 3],
  ["few predictions a day: three days", 10, 5, DAY, 3],
  ["fewer: as many days as give 500 rows", 3, 12, DAY, 7],
  ["windows of a week: three weeks", 10, 30, 7 * DAY, 21],
  ["not enough rows yet", 3, 6, DAY, undefined],
  ["not enough windows yet", 100, 13, 7 * DAY, undefined],
  ["the first day is not over", 100, 0, 6 * HOUR, undefined],
])("%s", (_, perHour, days, window, taken) => {
  const found = span(steady(perHour, 31), days, window);
  expect(found.outcome === "take" ? (found.to - T0) / DAY : undefined).toBe(taken);
  if (found.outcome === "take") expect(found.from).toBe(T0 + 60_000);
});

test("rows that all lie in one window are no reference, and the reason says what is missing", () => {
  const hours = [{ hour: T0, rows: 5_000 }, ...steady(1, 8).slice(24)];
  expect(span(hours, 8)).toEqual({
    outcome: "wait",
    reason:
      "Version 1 has no reference yet. Its first days become one once they hold 500 predictions and 3 windows of at least 30 (so far 5,168 predictions and 1 of 3 windows)",
  });
});

test("of the monitors that watch the inputs of all traffic the one with the shortest windows decides", () => {
  const monitor = (id: string, changes: Partial<Monitor>): Monitor => ({
    ...{ id, model: "m", kind: "drift", environment: "production", window: DAY, minimum_count: 30 },
    ...{ enabled: true, automatic: false, created_at: 0 },
    ...changes,
  });
  const monitors = [
    monitor("weekly", { window: 7 * DAY }),
    monitor("daily", {}),
    monitor("disabled", { window: HOUR, enabled: false }),
    monitor("slice", { window: HOUR, segment: { region: "eu" } }),
    monitor("volume", { window: HOUR, kind: "volume" }),
    monitor("staging", { window: HOUR, environment: "staging" }),
    monitor("of version 9", { window: HOUR, version: "9" }),
  ];
  expect(referenceMonitor(monitors, { version: "1", environment: "production" })?.id).toBe("daily");
});
