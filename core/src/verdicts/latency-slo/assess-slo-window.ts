import { z } from "zod";
import { formatDuration } from "../../duration/index.ts";
import type { SloWindow } from "../../evaluation/index.ts";
import {
  assessBurnRate,
  type BurnRateRule,
  type BurnRateVerdict,
  burnRate,
  DEFAULT_BURN_RATE_RULES,
  type EventCounts,
  errorBudget,
  timeToExhaustion,
} from "../../slo/index.ts";
import { formatNumber, formatShare } from "../../words/index.ts";
import type { Verdict } from "../verdict.ts";

/** sloStateSchema is what one SLO verdict hands to the next. */
export const sloStateSchema = z.object({ alarm: z.boolean() });

export type SloState = z.infer<typeof sloStateSchema>;
export type SloVerdict = Verdict<SloWindow, SloState>;

/**
 * assessSloWindow decides whether a version burns its latency budget too fast, by every multi-window burn-rate rule, and says what is left. `countOver`
 * returns the good and total events of the trailing duration that ends with the window. O(rules).
 */
export function assessSloWindow(input: {
  window: { start: number; end: number };
  objective: { threshold_ms: number; target: number; period_ms: number };
  countOver: (durationMs: number) => EventCounts;
  rules?: readonly BurnRateRule[];
}): SloVerdict {
  const { window, objective, countOver, rules = DEFAULT_BURN_RATE_RULES } = input;
  const { target, period_ms: periodMs } = objective;
  const verdicts = rules.map((rule) =>
    assessBurnRate({ rule, target, long: countOver(rule.longMs), short: countOver(rule.shortMs) }),
  );
  const whole = countOver(periodMs);
  const budget = errorBudget(whole, target);
  const fastest = rules[0] === undefined ? whole : countOver(rules[0].longMs);
  const remaining = budget.outcome === "ok" ? budget.remaining : null;
  const exhaustion =
    remaining === null
      ? undefined
      : timeToExhaustion(remaining, burnRate(fastest, target), { target, periodMs });
  const firing = verdicts.find((verdict) => verdict.state === "firing");
  const outcome = sloOutcome(verdicts, whole);
  const left =
    remaining === null
      ? ""
      : `; ${formatShare(remaining)} of the ${formatDuration(periodMs)} error budget is left`;
  const goal = `${formatShare(target)} within ${formatNumber(objective.threshold_ms)} ms`;
  const reason =
    firing !== undefined
      ? `Slow answers: ${firing.reason} (objective ${goal})${left}`
      : outcome === "no_data"
        ? "No requests with a latency in the objective's period"
        : `Objective ${goal}: ${verdicts[0]?.reason ?? "no rule"}${left}`;
  return {
    outcome,
    ...(outcome === "alarm" ? { cause: "serving", confidence: 0.95 } : {}),
    reason,
    state: { alarm: outcome === "alarm" },
    blamed: [],
    detail: {
      start: window.start,
      end: window.end,
      objective,
      good: whole.good,
      total: whole.total,
      achieved: whole.total > 0 ? whole.good / whole.total : null,
      budget_left: remaining,
      burn_rates: burnRatesOf(rules, countOver, target),
      time_to_exhaustion_ms:
        exhaustion?.outcome === "in" ? exhaustion.timeMs : exhaustion?.outcome === "exhausted" ? 0 : null,
      outcome,
      reason,
    },
  };
}

function sloOutcome(verdicts: readonly BurnRateVerdict[], whole: EventCounts): SloVerdict["outcome"] {
  if (verdicts.some((verdict) => verdict.state === "firing")) return "alarm";
  if (!(whole.total > 0)) return "no_data";
  if (verdicts.every((verdict) => verdict.state === "never_fires")) return "not_defined";
  if (verdicts.some((verdict) => verdict.state === "ok")) return "ok";
  return verdicts.some((verdict) => verdict.state === "insufficient_events")
    ? "insufficient_data"
    : "no_data";
}

function burnRatesOf(
  rules: readonly BurnRateRule[],
  countOver: (durationMs: number) => EventCounts,
  target: number,
): SloWindow["burn_rates"] {
  const durations = [...new Set(rules.flatMap((rule) => [rule.longMs, rule.shortMs]))].sort((a, b) => a - b);
  return durations.map((durationMs) => {
    const counts = countOver(durationMs);
    const burn = burnRate(counts, target);
    return {
      window: formatDuration(durationMs),
      burn_rate: burn.outcome === "ok" ? burn.value : null,
      good: counts.good,
      total: counts.total,
    };
  });
}
