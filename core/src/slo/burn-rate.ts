import type { EventCounts } from "./event-counts.ts";
import { budgetFraction } from "./objective.ts";

/** BurnRate says how many times faster than allowed the error budget is being spent; without traffic there is no value. */
export type BurnRate =
  | { outcome: "ok"; value: number; errorRate: number; bad: number; total: number }
  | { outcome: "insufficient_data"; reason: string };

/**
 * burnRate returns the burn rate (bad / total) / (1 − target) of a window: 1 spends the budget exactly over the SLO period, 14.4 spends
 * 2 % of a 30-day budget in an hour. Range 0 to 1 / (1 − target). Source: Google, The Site Reliability Workbook, chapter 5. O(1).
 *
 * @example burnRate({ good: 998_560, total: 1_000_000 }, 0.999) // value 1.44
 */
export function burnRate(counts: EventCounts, target: number): BurnRate {
  if (!(counts.total > 0)) return { outcome: "insufficient_data", reason: "no events in the window" };
  const bad = counts.total - counts.good;
  const errorRate = bad / counts.total;
  return { outcome: "ok", value: errorRate / budgetFraction(target), errorRate, bad, total: counts.total };
}

/** exceedsBurn decides whether `counts` burn strictly faster than `factor`, compared in products so that equality stays equality. */
export function exceedsBurn(counts: EventCounts, target: number, factor: number): boolean {
  // Rounding to 12 decimals keeps 14.4 × 0.001 × 5000 at 72 instead of 72.00000000000001.
  const allowed = Math.round(factor * budgetFraction(target) * counts.total * 1e9) / 1e9;
  return counts.total > 0 && counts.total - counts.good > allowed;
}
