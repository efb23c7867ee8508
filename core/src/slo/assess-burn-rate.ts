import { formatDuration } from "../duration/index.ts";
import { burnRate, exceedsBurn } from "./burn-rate.ts";
import { type BurnRateRule, checkRuleReach } from "./burn-rate-rule.ts";
import type { EventCounts } from "./event-counts.ts";

/** BurnRateState is the closed set of outcomes of one rule at one moment. */
export type BurnRateState = "firing" | "ok" | "no_data" | "insufficient_events" | "never_fires";

/** BurnRateVerdict is what one rule says about one version now, with its reason in words and numbers. */
export interface BurnRateVerdict {
  rule: BurnRateRule;
  state: BurnRateState;
  longBurn: number | null;
  shortBurn: number | null;
  reason: string;
}

/** BurnRateGuards keep a quiet service quiet: below either number of events in the long window a rule cannot fire. */
export interface BurnRateGuards {
  minimumEvents: number;
  minimumBadEvents: number;
}

/** DEFAULT_BURN_RATE_GUARDS: one failure among ten requests an hour is a burn of 100 at 99.9 %, and no reason to wake anybody. */
export const DEFAULT_BURN_RATE_GUARDS: BurnRateGuards = { minimumEvents: 60, minimumBadEvents: 3 };

/**
 * assessBurnRate decides whether one multi-window burn-rate rule fires. Both windows must burn strictly faster than the factor: the long
 * one says that it matters, the short one that it still goes on. A window without traffic has no value and fires nothing.
 * Source: Google, The Site Reliability Workbook, chapter 5 (approach 6). O(1).
 */
export function assessBurnRate(input: {
  rule: BurnRateRule;
  target: number;
  long: EventCounts;
  short: EventCounts;
  guards?: BurnRateGuards;
}): BurnRateVerdict {
  const { rule, target, long, short, guards = DEFAULT_BURN_RATE_GUARDS } = input;
  const longBurn = burnRate(long, target);
  const shortBurn = burnRate(short, target);
  const verdict = (state: BurnRateState, reason: string): BurnRateVerdict => ({
    rule,
    state,
    longBurn: longBurn.outcome === "ok" ? longBurn.value : null,
    shortBurn: shortBurn.outcome === "ok" ? shortBurn.value : null,
    reason,
  });
  const reach = checkRuleReach(rule, target);
  if (reach.outcome === "never_fires") return verdict("never_fires", reach.reason);
  if (longBurn.outcome !== "ok")
    return verdict("no_data", `no events in the last ${formatDuration(rule.longMs)}`);
  if (shortBurn.outcome !== "ok")
    return verdict("no_data", `no events in the last ${formatDuration(rule.shortMs)}`);
  const numbers = `${burnText(longBurn.value)} over ${formatDuration(rule.longMs)}, ${burnText(shortBurn.value)} over ${formatDuration(rule.shortMs)}`;
  if (!exceedsBurn(long, target, rule.factor)) {
    return verdict("ok", `budget burn ${numbers}: the long window is not above ${rule.factor}`);
  }
  if (!exceedsBurn(short, target, rule.factor)) {
    return verdict(
      "ok",
      `budget burn ${numbers}: it has stopped, the short window is not above ${rule.factor}`,
    );
  }
  if (longBurn.total < guards.minimumEvents || longBurn.bad < guards.minimumBadEvents) {
    return verdict(
      "insufficient_events",
      `budget burn ${numbers}, but on ${longBurn.bad} bad of ${longBurn.total} events; at least ${guards.minimumBadEvents} of ${guards.minimumEvents} are needed`,
    );
  }
  return verdict(
    "firing",
    `budget burn ${numbers}, both above ${rule.factor}: ${longBurn.bad} of ${longBurn.total} events were bad in ${formatDuration(rule.longMs)}`,
  );
}

function burnText(value: number): string {
  return `${Number(value.toPrecision(3))}×`;
}
