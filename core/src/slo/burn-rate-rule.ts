import { budgetFraction } from "./objective.ts";

/** BurnRateRule fires while the burn over the long window and over the short window are both strictly above `factor`. */
export interface BurnRateRule {
  name: string;
  factor: number;
  longMs: number;
  shortMs: number;
  severity: "page" | "ticket";
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** DEFAULT_BURN_RATE_RULES are the three rules of the SRE workbook for a 30-day objective: 2 %, 5 % and 10 % of the budget. */
export const DEFAULT_BURN_RATE_RULES: readonly BurnRateRule[] = [
  { name: "fast", factor: 14.4, longMs: HOUR, shortMs: 5 * MINUTE, severity: "page" },
  { name: "medium", factor: 6, longMs: 6 * HOUR, shortMs: 30 * MINUTE, severity: "page" },
  { name: "slow", factor: 1, longMs: 72 * HOUR, shortMs: 6 * HOUR, severity: "ticket" },
];

/** RuleReach says whether a rule can fire at all under a target: even a full outage burns no faster than 1 / (1 − target). */
export type RuleReach = { outcome: "can_fire" } | { outcome: "never_fires"; reason: string };

/**
 * checkRuleReach decides whether `rule` can ever fire for `target`: it cannot where factor · (1 − target) >= 1, because a total outage
 * (error rate 1) then burns at most at the factor, and the rule asks for strictly more. O(1).
 *
 * @example checkRuleReach({ ...fast, factor: 14.4 }, 0.9) // never_fires: a full outage at 90 % burns only 10 times the budget
 */
export function checkRuleReach(rule: BurnRateRule, target: number): RuleReach {
  const budget = budgetFraction(target);
  if (Math.round(rule.factor * budget * 1e9) / 1e9 < 1) return { outcome: "can_fire" };
  const fastest = Number((1 / budget).toPrecision(4));
  return {
    outcome: "never_fires",
    reason: `rule "${rule.name}" needs a burn above ${rule.factor}, but even a full outage burns only ${fastest} times the budget of a ${percent(target)} target`,
  };
}

function percent(target: number): string {
  return `${Number((target * 100).toPrecision(6))} %`;
}
