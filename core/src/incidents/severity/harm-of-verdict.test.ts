import { expect, test } from "vitest";
import type { PerformanceWindow } from "../../evaluation/index.ts";
import { harmOfVerdict } from "./harm-of-verdict.ts";

const metric = (value: number, reference?: number) => ({
  ...{ value, ci_low: value - 0.02, ci_high: value + 0.02 },
  ...(reference === undefined ? {} : { reference }),
});

function performance(changes: Partial<PerformanceWindow>): { detail: Record<string, unknown> } {
  const window: PerformanceWindow = {
    ...{ start: 0, end: 1, predictions: 500, labelled: 0, label_coverage: 0, expected_coverage: 0.5 },
    ...{ mature: false, outcome: "immature", revision: 1, reason: "", metrics: {}, ...changes },
  };
  return { detail: window };
}

const alarm = (kind: "drift" | "volume" | "latency_slo" | "performance", detail: Record<string, unknown>) =>
  ({ kind, outcome: "alarm", detail }) as const;
const unlabelled = { value: null, ci_low: null, ci_high: null, reference: 0.5 };

test("what does not alarm harms nobody", () => {
  expect(harmOfVerdict({ kind: "volume", outcome: "ok", detail: { count: 0 } })).toBeUndefined();
});

test("a drift knows whether the output moved, and from the performance beside it whether it is worse", () => {
  const drift = alarm("drift", { features: {}, prediction: undefined });
  expect(harmOfVerdict(drift)).toBeUndefined();
  const estimated = (value: number) =>
    performance({ estimated: { log_loss: metric(value) }, metrics: { log_loss: unlabelled } });
  expect(harmOfVerdict(drift, [estimated(0.6)])).toEqual({
    loss: {
      ...{ basis: "estimated", metric: "log_loss", value: 0.6, low: 0.58, high: 0.62 },
      reference: 0.5,
    },
  });
  expect(harmOfVerdict(drift, [estimated(0.51)])).toEqual({ loss: null });
});

test("what was realised counts instead of what was estimated, but only where the window is mature", () => {
  const window = { estimated: { log_loss: metric(0.6, 0.5) }, metrics: { log_loss: metric(0.5, 0.5) } };
  const performanceAlarm = (mature: boolean) =>
    alarm("performance", performance({ ...window, mature }).detail);
  expect(harmOfVerdict(performanceAlarm(true))).toEqual({ loss: null });
  expect(harmOfVerdict(performanceAlarm(false))).toMatchObject({ loss: { basis: "estimated" } });
});

test("a metric of which more is better is worse where it is lower", () => {
  const accuracy = (value: number) =>
    harmOfVerdict(
      alarm("performance", performance({ mature: true, metrics: { accuracy: metric(value, 0.9) } }).detail),
    );
  expect(accuracy(0.8)).toMatchObject({ loss: { metric: "accuracy" } });
  expect(accuracy(0.95)).toEqual({ loss: null });
});

test("an objective says how urgent the rule is that fires, and traffic whether any is left", () => {
  const slo = {
    ...{ start: 0, end: 1, objective: { threshold_ms: 200, target: 0.99, period_ms: 1 }, good: 1, total: 2 },
    ...{ achieved: 0.5, budget_left: 0.5, burn_rates: [], time_to_exhaustion_ms: null },
    ...{ firing: { rule: "slow", severity: "ticket" }, outcome: "alarm", reason: "" },
  };
  expect(harmOfVerdict(alarm("latency_slo", slo))).toEqual({ burn: "ticket" });
  expect(harmOfVerdict(alarm("volume", { count: 0 }))).toEqual({ isSilent: true });
  expect(harmOfVerdict(alarm("volume", { count: 7 }))).toEqual({ isSilent: false });
});
