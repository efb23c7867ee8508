import type { BurnRate } from "./burn-rate.ts";
import type { EventCounts } from "./event-counts.ts";
import { budgetFraction, type SloObjective } from "./objective.ts";

/** ErrorBudget says what is left of the allowed failures of the rolling period; `remaining` is negative once it is overspent. */
export type ErrorBudget =
  | { outcome: "ok"; allowedBad: number; bad: number; used: number; remaining: number }
  | { outcome: "insufficient_data"; reason: string };

/**
 * errorBudget returns the share of the error budget used and left over the events of the SLO period so far: used = bad / ((1 − target) ·
 * total), remaining = 1 − used, without a lower bound. O(1).
 *
 * @example errorBudget({ good: 4_099_000, total: 4_100_000 }, 0.999) // used 0.2439, remaining 0.7561
 */
export function errorBudget(counts: EventCounts, target: number): ErrorBudget {
  if (!(counts.total > 0)) return { outcome: "insufficient_data", reason: "no events in the SLO period" };
  const bad = counts.total - counts.good;
  const allowedBad = budgetFraction(target) * counts.total;
  return { outcome: "ok", allowedBad, bad, used: bad / allowedBad, remaining: 1 - bad / allowedBad };
}

/** Exhaustion says when the budget will be gone at the present burn. */
export type Exhaustion =
  | { outcome: "in"; timeMs: number }
  | { outcome: "exhausted" }
  | { outcome: "never"; reason: string }
  | { outcome: "insufficient_data"; reason: string };

/**
 * timeToExhaustion returns how long the remaining share of the budget lasts at burn rate `burn`: remaining · period / burn. A burn of 0
 * never exhausts it; a remaining share of 0 or less is exhausted already. O(1).
 */
export function timeToExhaustion(remaining: number, burn: BurnRate, objective: SloObjective): Exhaustion {
  if (remaining <= 0) return { outcome: "exhausted" };
  if (burn.outcome !== "ok") return { outcome: "insufficient_data", reason: burn.reason };
  if (burn.value === 0) return { outcome: "never", reason: "no bad events in the window" };
  return { outcome: "in", timeMs: (remaining * objective.periodMs) / burn.value };
}
