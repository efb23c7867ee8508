import type { BurnRateRule } from "./burn-rate-rule.ts";
import type { CountedEvents, EventCounts } from "./event-counts.ts";
import { budgetFraction, type SloObjective } from "./objective.ts";

/** SpentBudget says which share of the period's error budget the long window spent, and which share the rule asks for. */
export interface SpentBudget {
  share: number;
  needed: number;
}

/**
 * spentBudget returns the share of the period's error budget that the long window's bad events spent, and the share that the rule stands for (factor ·
 * long window / period: 2 %, 5 % and 10 % of 30 days). Where there is less data than a period, traffic is taken to go on as it was. O(1).
 */
export function spentBudget(
  rule: BurnRateRule,
  objective: SloObjective,
  counts: { long: EventCounts; period: CountedEvents },
): SpentBudget {
  const { long, period } = counts;
  const expected = period.spanMs > 0 ? (period.total * objective.periodMs) / period.spanMs : 0;
  const allowed = budgetFraction(objective.target) * expected;
  const bad = long.total - long.good;
  return {
    share: allowed > 0 ? bad / allowed : 0,
    needed: Math.min(1, (rule.factor * rule.longMs) / objective.periodMs),
  };
}
