import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import { type Metric, undefinedMetric } from "./metric.ts";

/** Bounds is a closed interval. */
export interface Bounds {
  low: number;
  high: number;
}

/**
 * wilsonBounds returns Wilson's score interval of a proportion, without continuity correction, clipped to [0, 1]. `total` >= 1 may be
 * an effective (fractional) number of rows. Source: E. B. Wilson, JASA 22 (1927). O(1).
 *
 * @example wilsonBounds(8, 10) // { low: 0.490, high: 0.943 }
 */
export function wilsonBounds(successes: number, total: number, level = DEFAULT_LEVEL): Bounds {
  const z2 = normalScale(level) ** 2;
  const p = successes / total;
  const center = (p + z2 / (2 * total)) / (1 + z2 / total);
  const half =
    (Math.sqrt(z2) / (1 + z2 / total)) * Math.sqrt((p * (1 - p)) / total + z2 / (4 * total * total));
  return {
    low: successes === 0 ? 0 : Math.max(0, center - half),
    high: successes === total ? 1 : Math.min(1, center + half),
  };
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
