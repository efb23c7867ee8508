import { formatDuration } from "@leeway/core/duration";
import { checkRuleReach, rulesFor } from "@leeway/core/slo";
import { formatSpan } from "./format-time.ts";
import { ABSENT, formatPercent } from "./number-words.ts";

/** AlertRule is one rule by which an objective alerts, in words. */
export interface AlertRule {
  name: string;
  /** What must be so. */
  condition: string;
  /** How urgent it is then. */
  severity: string;
  /** Why it can never be so; undefined where it can. */
  never: string | undefined;
}

/** alertRules returns what would alert for an objective: the burn rates of the rules that fit into its period. */
export function alertRules({ target, period }: { target: number; period: number }): AlertRule[] {
  return rulesFor(period).map((rule) => {
    const reach = checkRuleReach(rule, target);
    const spent = formatPercent(Math.min(1, (rule.factor * rule.longMs) / period), 0);
    return {
      name: rule.name,
      condition: `burns more than ${rule.factor} × over ${formatDuration(rule.longMs)} and over ${formatDuration(rule.shortMs)}, and spent ${spent} of the budget`,
      severity: rule.severity,
      never: reach.outcome === "never_fires" ? reach.reason : undefined,
    };
  });
}

/** budgetWords returns what is left of an error budget, and how long it lasts. */
export function budgetWords(slo: {
  budget_left: number | null;
  time_to_exhaustion_ms: number | null;
}): string {
  const { budget_left: left, time_to_exhaustion_ms: lasts } = slo;
  if (left === null) return ABSENT;
  const share = `${(left * 100).toFixed(0)}\u00a0%`;
  if (left < 0) return `${share}, overspent`;
  return lasts === null ? share : `${share}, lasts ${formatSpan(lasts)} at the present burn`;
}
