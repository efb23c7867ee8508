import { formatDuration } from "../duration/index.ts";
import { regularizedBeta } from "../statistics/special/incomplete-beta.ts";
import { formatNumber } from "../words/index.ts";
import { burnRate, exceedsBurn } from "./burn-rate.ts";
import { type BurnRateRule, checkRuleReach } from "./burn-rate-rule.ts";
import { type EventCounts, MINUTE_MS } from "./event-counts.ts";
import { budgetFraction } from "./objective.ts";
import type { SpentBudget } from "./spent-budget.ts";

/** BurnRateState is the closed set of outcomes of one rule at one moment. */
export type BurnRateState =
  | "firing"
  | "ok"
  | "little_spent"
  | "no_data"
  | "insufficient_events"
  | "never_fires";

/** BurnRateVerdict is what one rule says about one objective now, with its reason in words and numbers. */
export interface BurnRateVerdict {
  rule: BurnRateRule;
  state: BurnRateState;
  longBurn: number | null;
  shortBurn: number | null;
  reason: string;
}

/**
 * BurnRateGuards keep a quiet service quiet. A rule fires only where at least `minimumBadEvents` were bad. Where fewer than `enoughBadEvents` were, so many
 * must also come by a chance below `mostChance` while the objective is just met (exact binomial).
 */
export interface BurnRateGuards {
  minimumBadEvents: number;
  enoughBadEvents: number;
  mostChance: number;
}

/** DEFAULT_BURN_RATE_GUARDS: one failure among ten requests an hour is a burn of 100 at 99.9 %, and no reason to wake anybody. */
export const DEFAULT_BURN_RATE_GUARDS: BurnRateGuards = {
  minimumBadEvents: 3,
  enoughBadEvents: 30,
  mostChance: 0.001,
};

/** RuleWindow is the events of one of a rule's windows, and how much of it there is data for, milliseconds. */
export interface RuleWindow extends EventCounts {
  spanMs?: number;
}

/**
 * assessBurnRate decides whether one multi-window burn-rate rule fires. Both windows must burn strictly faster than the factor: the long
 * one says that it matters, the short one that it still goes on. The long window must also have spent the rule's share of the period's budget, so that
 * a window without its full length, or a quiet hour, does not fire early. A window without traffic has no value and fires nothing.
 * Source: Google, The Site Reliability Workbook, chapter 5 (approach 6). O(1).
 */
export function assessBurnRate(input: {
  rule: BurnRateRule;
  target: number;
  long: RuleWindow;
  short: RuleWindow;
  spent?: SpentBudget | undefined;
  guards?: BurnRateGuards;
}): BurnRateVerdict {
  const { rule, target, long, short, spent, guards = DEFAULT_BURN_RATE_GUARDS } = input;
  const longBurn = burnRate(long, target);
  const shortBurn = burnRate(short, target);
  const verdict = (state: BurnRateState, reason: string): BurnRateVerdict => ({
    rule,
    state,
    longBurn: longBurn.outcome === "ok" ? longBurn.value : null,
    shortBurn: shortBurn.outcome === "ok" ? shortBurn.value : null,
    reason,
  });
  const longText = spanText(rule.longMs, long);
  const reach = checkRuleReach(rule, target);
  if (reach.outcome === "never_fires") return verdict("never_fires", reach.reason);
  if (longBurn.outcome !== "ok") return verdict("no_data", `no requests in the last ${longText}`);
  if (shortBurn.outcome !== "ok")
    return verdict("no_data", `no requests in the last ${spanText(rule.shortMs, short)}`);
  const numbers = `the error budget burns ${burnText(longBurn.value)} over ${longText} and ${burnText(shortBurn.value)} over ${spanText(rule.shortMs, short)}`;
  if (!exceedsBurn(long, target, rule.factor)) {
    return verdict("ok", `${numbers}; an alert needs more than ${rule.factor}× over both`);
  }
  if (!exceedsBurn(short, target, rule.factor)) {
    return verdict("ok", `${numbers}; it has stopped`);
  }
  const bad = `${formatCount(longBurn.bad)} of ${formatCount(longBurn.total)} requests were bad`;
  if (isChance(longBurn, target, guards)) {
    return verdict("insufficient_events", `${bad} in ${longText}; so few can be chance`);
  }
  if (spent !== undefined && spent.share < spent.needed * (1 - ROUNDING)) {
    const shares = `${percentText(spent.share)} of the budget, an alert needs ${percentText(spent.needed)}`;
    return verdict("little_spent", `${numbers}; that spent ${shares}`);
  }
  return verdict("firing", `${numbers}: ${bad} in ${longText}`);
}

// A burn of exactly the factor spends exactly the share: sums of minutes must not decide that.
const ROUNDING = 1e-9;

function isChance(counts: { bad: number; total: number }, target: number, guards: BurnRateGuards): boolean {
  if (counts.bad < guards.minimumBadEvents) return true;
  return counts.bad < guards.enoughBadEvents && chanceOf(counts, target) > guards.mostChance;
}

// The probability of so many bad events, or more, where the objective is just met: P(X ≥ bad) of a binomial is a regularised incomplete beta.
function chanceOf({ bad, total }: { bad: number; total: number }, target: number): number {
  if (bad >= total) return budgetFraction(target) ** total;
  return regularizedBeta(bad, total - bad + 1, budgetFraction(target));
}

function spanText(wantedMs: number, { spanMs = wantedMs }: RuleWindow): string {
  return spanMs >= wantedMs
    ? formatDuration(wantedMs)
    : `${formatDuration(Math.max(MINUTE_MS, Math.round(spanMs / MINUTE_MS) * MINUTE_MS))} (all there is)`;
}

function burnText(value: number): string {
  return `${Number(value.toPrecision(3))}×`;
}

function formatCount(count: number): string {
  return formatNumber(Math.round(count));
}

function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}
