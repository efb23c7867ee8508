import type { MetricValue, Outcome } from "../../evaluation/index.ts";
import { formatNumber } from "../../words/index.ts";

/**
 * judgeFixedMetric decides a metric against fixed limits: an alarm where its whole interval lies beyond one, `drifting` where only its value does,
 * `not_defined` where it has no value: never OK by default. O(1).
 */
export function judgeFixedMetric(
  name: string,
  metric: MetricValue | undefined,
  limits: { minimum?: number | undefined; maximum?: number | undefined },
): { outcome: Outcome; reason: string } {
  if (metric === undefined) {
    return { outcome: "not_defined", reason: `This model has no metric "${name}"` };
  }
  const { value, ci_low, ci_high } = metric;
  if (value === null) {
    return { outcome: "not_defined", reason: `${name} is not defined: ${metric.reason ?? "no value"}` };
  }
  const interval =
    ci_low === null || ci_high === null ? "" : ` (${formatNumber(ci_low)} to ${formatNumber(ci_high)})`;
  const text = `${name} is ${formatNumber(value)}${interval}`;
  if (limits.minimum !== undefined && value < limits.minimum) {
    const isCertain = (ci_high ?? value) < limits.minimum;
    return {
      outcome: isCertain ? "alarm" : "drifting",
      reason: `${text}, below its limit ${formatNumber(limits.minimum)}${isCertain ? "" : ", but its interval reaches it"}`,
    };
  }
  if (limits.maximum !== undefined && value > limits.maximum) {
    const isCertain = (ci_low ?? value) > limits.maximum;
    return {
      outcome: isCertain ? "alarm" : "drifting",
      reason: `${text}, above its limit ${formatNumber(limits.maximum)}${isCertain ? "" : ", but its interval reaches it"}`,
    };
  }
  return { outcome: "ok", reason: `${text}, within its limits` };
}
