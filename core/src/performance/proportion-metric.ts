import { proportionInterval } from "../statistics/index.ts";
import { DEFAULT_LEVEL } from "./interval-scale.ts";
import { type Metric, undefinedMetric } from "./metric.ts";

/** Bounds is a closed interval. */
export interface Bounds {
  low: number;
  high: number;
}

/** wilsonBounds returns Wilson's score interval of a proportion; without a trial it is all of [0, 1]. Counts may be effective (fractional). O(1). */
export function wilsonBounds(successes: number, total: number, level = DEFAULT_LEVEL): Bounds {
  const interval = proportionInterval(successes, total, level);
  return interval.outcome === "ok" ? { low: interval.low, high: interval.high } : { low: 0, high: 1 };
}

/** proportionMetric returns successes / total with Wilson's interval, or `not_defined` with `reason` where there are no trials. O(1). */
export function proportionMetric(
  successes: number,
  total: number,
  reason: string,
  level = DEFAULT_LEVEL,
): Metric {
  if (!(total > 0)) return undefinedMetric(reason, 0);
  const value = successes / total;
  const { low, high } = wilsonBounds(successes, total, level);
  return {
    outcome: "ok",
    value,
    ciLow: low,
    ciHigh: high,
    standardError: Math.sqrt((value * (1 - value)) / total),
    count: total,
    method: "wilson",
  };
}
