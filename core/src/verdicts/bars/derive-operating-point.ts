import type { OperatingPoint } from "../../evaluation/index.ts";

const MONTH_MS = 30 * 86_400_000;

/** BUDGET_SHARES splits a model's false-alarm budget over the kinds of monitor; burn-rate alerts answer to the error budget instead. */
export const BUDGET_SHARES = { drift: 0.5, performance: 0.3, volume: 0.1, labels: 0.1 } as const;

/**
 * deriveOperatingPoint returns the tail probabilities that keep a monitor within its false-alarm budget: half of the budget goes to the
 * immediate rule (one window), half to the sustained rule (two in a row), each spread evenly over windows and tests (union bound).
 * O(1).
 *
 * @example deriveOperatingPoint({ falseAlarmsPerMonth: 0.5, windowMs: 86_400_000, tests: 80 }).immediate_tail; // 1.04e-4
 */
export function deriveOperatingPoint(input: {
  falseAlarmsPerMonth: number;
  windowMs: number;
  tests: number;
}): OperatingPoint {
  const windowsPerMonth = MONTH_MS / input.windowMs;
  const tests = Math.max(1, input.tests);
  const perTest = Math.min(0.02, input.falseAlarmsPerMonth / (windowsPerMonth * tests));
  return {
    false_alarms_per_month: input.falseAlarmsPerMonth,
    windows_per_month: windowsPerMonth,
    tests,
    immediate_tail: perTest / 2,
    joint_tail: perTest / 2,
    consecutive_windows: 2,
  };
}

/**
 * sustainedTail returns the lower bar's tail probability for windows whose deviations have correlation `correlation` from one to the
 * next: two normal deviations both beyond the α point happen about α^(2/(1+correlation)) of the time, so α = joint^((1+correlation)/2).
 * Never below the immediate tail, never above 1 %. O(1). Source: Ledford & Tawn 1996, coefficient of tail dependence of the normal.
 */
export function sustainedTail(point: OperatingPoint, correlation: number): number {
  const bounded = Math.min(1, Math.max(0.1, correlation));
  return Math.max(point.immediate_tail, Math.min(0.01, point.joint_tail ** ((1 + bounded) / 2)));
}
