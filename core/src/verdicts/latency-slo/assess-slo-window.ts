import { z } from "zod";
import { formatDuration } from "../../duration/index.ts";
import type { SloWindow } from "../../evaluation/index.ts";
import {
  assessBurnRate,
  type BurnRateRule,
  type BurnRateVerdict,
  burnRate,
  type CountedEvents,
  DEFAULT_BURN_RATE_RULES,
  errorBudget,
  rulesFor,
  spentBudget,
  timeToExhaustion,
} from "../../slo/index.ts";
import { formatNumber, formatShare } from "../../words/index.ts";
import type { Verdict } from "../verdict.ts";
import { type SloFacts, sloReason } from "./slo-reason.ts";

/** sloStateSchema is what one SLO verdict hands to the next. */
export const sloStateSchema = z.object({ alarm: z.boolean() });

export type SloState = z.infer<typeof sloStateSchema>;
export type SloVerdict = Verdict<SloWindow, SloState>;

/** CountOver returns the requests of the trailing duration that ends with the window. */
export type CountOver = (durationMs: number) => CountedEvents;

/** Below this share of requests with a latency, the others could be as slow as they like: nothing is said of the objective. */
const MINIMUM_TIMED_SHARE = 0.5;

/**
 * assessSloWindow decides whether a model burns its latency budget too fast, by every multi-window burn-rate rule, and says what is left. The objective
 * belongs to the model: all versions spend one budget, and the version that spends most of it in the firing rule's long window is the one that alarms. O(rules).
 */
export function assessSloWindow(input: {
  window: { start: number; end: number };
  objective: { threshold_ms: number; target: number; period_ms: number };
  /** All versions together. */
  countOver: CountOver;
  /** The version of this verdict, and the others by name; absent where it is the only one. */
  version?: { own: CountOver; others: ReadonlyMap<string, CountOver> };
  rules?: readonly BurnRateRule[];
}): SloVerdict {
  const { window, objective, countOver } = input;
  const { target, period_ms: periodMs } = objective;
  const rules = rulesFor(periodMs, input.rules ?? DEFAULT_BURN_RATE_RULES);
  const period = countOver(periodMs);
  const verdicts = rules.map((rule) => {
    const long = countOver(rule.longMs);
    const spent = spentBudget(rule, { target, periodMs }, { long, period });
    return assessBurnRate({ rule, target, long, short: countOver(rule.shortMs), spent });
  });
  const budget = errorBudget(period, target);
  const fastest = rules[0] === undefined ? period : countOver(rules[0].longMs);
  const remaining = budget.outcome === "ok" ? budget.remaining : null;
  const exhaustion =
    remaining === null
      ? undefined
      : timeToExhaustion(remaining, burnRate(fastest, target), { target, periodMs });
  const firing = verdicts.find((verdict) => verdict.state === "firing");
  const spender = firing === undefined ? undefined : spenderOf(input.version, firing.rule.longMs);
  const facts: SloFacts = {
    outcome: sloOutcome(verdicts, period, spender?.isOwn ?? true),
    goal: `${formatShare(target)} within ${formatNumber(objective.threshold_ms)} ms`,
    left: remaining === null ? "" : budgetWords(remaining, periodMs),
    firing: firing?.reason,
    calm: verdicts[0]?.reason,
    bad: firing === undefined ? period : countOver(firing.rule.longMs),
    timedShare: timedShare(period),
    otherSpender: spender?.isOwn === false ? spender : undefined,
  };
  const reason = sloReason(facts);
  const { outcome } = facts;
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
      good: period.good,
      total: period.total,
      failed: period.failed,
      timed_share: timedShare(period),
      version_share: versionShare(input.version, periodMs),
      achieved: period.total > 0 ? period.good / period.total : null,
      budget_left: remaining,
      burn_rates: burnRatesOf(rules, countOver, target),
      time_to_exhaustion_ms:
        exhaustion?.outcome === "in" ? exhaustion.timeMs : exhaustion?.outcome === "exhausted" ? 0 : null,
      ...(firing === undefined ? {} : { firing: { rule: firing.rule.name, severity: firing.rule.severity } }),
      outcome,
      reason,
    },
  };
}

function budgetWords(remaining: number, periodMs: number): string {
  const budget = `the error budget of ${formatDuration(periodMs)}`;
  if (remaining >= 0) return `${formatShare(remaining)} of ${budget} is left.`;
  return `${formatShare(1 - remaining)} of ${budget} is spent.`;
}

function sloOutcome(
  verdicts: readonly BurnRateVerdict[],
  period: CountedEvents,
  isOwn: boolean,
): SloVerdict["outcome"] {
  if ((timedShare(period) ?? 0) < MINIMUM_TIMED_SHARE) return "no_data";
  if (verdicts.some((verdict) => verdict.state === "firing")) return isOwn ? "alarm" : "ok";
  if (verdicts.every((verdict) => verdict.state === "never_fires")) return "not_defined";
  if (verdicts.some(({ state }) => state === "ok" || state === "little_spent")) return "ok";
  return verdicts.some((verdict) => verdict.state === "insufficient_events")
    ? "insufficient_data"
    : "no_data";
}

/** timedShare returns the share of requests that failed or carry a latency; null without requests. */
function timedShare({ total, untimed }: CountedEvents): number | null {
  return total + untimed > 0 ? total / (total + untimed) : null;
}

const badOf = ({ good, total }: CountedEvents) => total - good;

type Versions = NonNullable<Parameters<typeof assessSloWindow>[0]["version"]>;

/** spenderOf returns which version had most of the bad requests of a trailing duration, and their share. */
function spenderOf(
  version: Versions | undefined,
  durationMs: number,
): { isOwn: boolean; name: string; share: number } | undefined {
  if (version === undefined) return undefined;
  const own = badOf(version.own(durationMs));
  const others = [...version.others].map(([name, countOver]) => ({
    name,
    bad: badOf(countOver(durationMs)),
  }));
  const worst = others.reduce((most, one) => (one.bad > most.bad ? one : most), { name: "", bad: 0 });
  const all = others.reduce((sum, { bad }) => sum + bad, own);
  return worst.bad > own
    ? { isOwn: false, name: worst.name, share: worst.bad / all }
    : { isOwn: true, name: "", share: all > 0 ? own / all : 1 };
}

function versionShare(version: Versions | undefined, periodMs: number): number | null {
  if (version === undefined) return null;
  const own = badOf(version.own(periodMs));
  const all = [...version.others.values()].reduce((sum, countOver) => sum + badOf(countOver(periodMs)), own);
  return all > 0 ? own / all : null;
}

function burnRatesOf(
  rules: readonly BurnRateRule[],
  countOver: CountOver,
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
