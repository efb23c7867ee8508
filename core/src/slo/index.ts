export {
  assessBurnRate,
  type BurnRateGuards,
  type BurnRateState,
  type BurnRateVerdict,
  DEFAULT_BURN_RATE_GUARDS,
} from "./assess-burn-rate.ts";
export { type BurnRate, burnRate, exceedsBurn } from "./burn-rate.ts";
export {
  type BurnRateRule,
  checkRuleReach,
  checkRules,
  DEFAULT_BURN_RATE_RULES,
  type RuleReach,
  rulesFor,
} from "./burn-rate-rule.ts";
export { type CumulativeBucket, cumulativeQuantile } from "./cumulative-quantile.ts";
export { type ErrorBudget, type Exhaustion, errorBudget, timeToExhaustion } from "./error-budget.ts";
export {
  type CountedEvents,
  countWindow,
  createEventSeries,
  type EventCounts,
  type EventSeries,
  MINUTE_MS,
  type MinuteEvents,
} from "./event-counts.ts";
export {
  countAtMost,
  FIRST_LATENCY_BUCKET,
  LAST_LATENCY_BUCKET,
  type LatencyHistogram,
  type LatencyQuantile,
  latencyBucket,
  latencyBucketUpperMs,
  latencyQuantile,
} from "./latency-histogram.ts";
export { budgetFraction, checkObjective, type ObjectiveCheck, type SloObjective } from "./objective.ts";
export { type SpentBudget, spentBudget } from "./spent-budget.ts";
