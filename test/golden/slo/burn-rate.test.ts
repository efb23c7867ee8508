import {
  assessBurnRate,
  type BurnRateRule,
  burnRate,
  countWindow,
  createEventSeries,
  errorBudget,
  MINUTE_MS,
  timeToExhaustion,
} from "@leeway/core/slo";
import { describe, expect, it } from "vitest";
import { readGolden } from "../read-golden.ts";

interface SingleWindow {
  id: string;
  kind: "single_window";
  slo: number;
  total: number;
  bad: number;
  period_hours: number;
  expected: {
    error_rate: number | null;
    burn_rate: number | null;
    hours_to_exhaust_full_budget: number | null;
  };
}
interface MinuteSeries {
  id: string;
  kind: "minute_series";
  slo: number;
  segments: { minutes: number; total_per_minute: number; bad_per_minute: number }[];
  rules: { name: string; long_minutes: number; short_minutes: number; threshold: number }[];
  expected: {
    total: number;
    bad: number;
    budget_used_over_series: number;
    budget_remaining: number;
    burn_at_minute: Record<string, Record<string, number | null>>;
    rules: Record<
      string,
      {
        transitions: { minute: number; firing: boolean }[];
        peak_long_window_burn: number;
        minutes_where_burn_equals_threshold: number[];
      }
    >;
  };
}

const cases = readGolden<SingleWindow | MinuteSeries>("slo_burn_rate").cases;
const closeTo = (actual: number | null, expected: number | null) => {
  if (expected === null || actual === null) expect(actual).toBe(expected);
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + 1e-15);
};

describe("burn rate of one window equals the reference", () => {
  for (const one of cases.filter((c) => c.kind === "single_window")) {
    it(one.id, () => {
      const burn = burnRate({ good: one.total - one.bad, total: one.total }, one.slo);
      closeTo(burn.outcome === "ok" ? burn.errorRate : null, one.expected.error_rate);
      closeTo(burn.outcome === "ok" ? burn.value : null, one.expected.burn_rate);
      const full = timeToExhaustion(1, burn, { target: one.slo, periodMs: one.period_hours * 3_600_000 });
      closeTo(
        full.outcome === "in" ? full.timeMs / 3_600_000 : null,
        one.expected.hours_to_exhaust_full_budget,
      );
    });
  }
});

describe("alerts over a series of minutes equal the reference", () => {
  for (const one of cases.filter((c) => c.kind === "minute_series")) {
    it(one.id, () => {
      const events = one.segments
        .flatMap((segment) => Array.from({ length: segment.minutes }, () => segment))
        .map((segment, i) => ({
          minute: i * MINUTE_MS,
          good: segment.total_per_minute - segment.bad_per_minute,
          total: segment.total_per_minute,
        }));
      const series = createEventSeries(events);
      const all = countWindow(series, (events.length - 1) * MINUTE_MS, events.length * MINUTE_MS);
      const budget = errorBudget(all, one.slo);
      expect(all.total).toBe(one.expected.total);
      closeTo(budget.outcome === "ok" ? budget.used : null, one.expected.budget_used_over_series);
      closeTo(budget.outcome === "ok" ? budget.remaining : null, one.expected.budget_remaining);
      for (const [minute, windows] of Object.entries(one.expected.burn_at_minute)) {
        for (const [window, expected] of Object.entries(windows)) {
          const burn = burnRate(
            countWindow(series, Number(minute) * MINUTE_MS, Number(window) * MINUTE_MS),
            one.slo,
          );
          closeTo(burn.outcome === "ok" ? burn.value : null, expected);
        }
      }
      for (const golden of one.rules) {
        const rule: BurnRateRule = {
          name: golden.name,
          factor: golden.threshold,
          longMs: golden.long_minutes * MINUTE_MS,
          shortMs: golden.short_minutes * MINUTE_MS,
          severity: "page",
        };
        const transitions: { minute: number; firing: boolean }[] = [];
        let firing = false;
        for (let i = 0; i < events.length; i++) {
          const { state } = assessBurnRate({
            rule,
            target: one.slo,
            long: countWindow(series, i * MINUTE_MS, rule.longMs),
            short: countWindow(series, i * MINUTE_MS, rule.shortMs),
            guards: { minimumBadEvents: 0, enoughBadEvents: 0, mostChance: 1 },
          });
          if ((state === "firing") !== firing) {
            firing = !firing;
            transitions.push({ minute: i, firing });
          }
        }
        expect(transitions).toEqual(one.expected.rules[golden.name]!.transitions);
      }
    });
  }
});
