import { formatDuration } from "../duration/index.ts";
import { budgetFraction, type SloObjective } from "./objective.ts";

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

/** rulesFor returns the rules whose windows fit into an objective's period: a window longer than the period speaks of another budget. O(rules). */
export function rulesFor(
  periodMs: number,
  rules: readonly BurnRateRule[] = DEFAULT_BURN_RATE_RULES,
): BurnRateRule[] {
  return rules.filter(({ longMs }) => longMs <= periodMs);
}

/**
 * checkRules decides whether an objective can alert at all: at least one rule must fit into its period and be within reach of its target. O(rules).
 *
 * @example checkRules({ target: 0.99, periodMs: 1_800_000 }) // never_fires: no rule's window fits into half an hour
 */
export function checkRules(objective: SloObjective): RuleReach {
  const rules = rulesFor(objective.periodMs);
  if (rules.length === 0) {
    const shortest = formatDuration(Math.min(...DEFAULT_BURN_RATE_RULES.map(({ longMs }) => longMs)));
    return {
      outcome: "never_fires",
      reason: `no burn-rate rule fits into a period of ${formatDuration(objective.periodMs)}; use at least ${shortest}`,
    };
  }
  const reaches = rules.map((rule) => checkRuleReach(rule, objective.target));
  return reaches.find(({ outcome }) => outcome === "can_fire") ?? reaches[0]!;
}

function percent(target: number): string {
  return `${Number((target * 100).toPrecision(6))} %`;
}
