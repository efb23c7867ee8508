import {
  formatCompact,
  formatCount,
  formatMetric,
  formatMilliseconds,
  formatPercent,
  formatTickMilliseconds,
} from "../view/number-words.ts";
import type { ChartUnit } from "./chart-model.ts";

/** formatValue writes a value of a chart in its unit. */
export function formatValue(value: number | null, unit: ChartUnit): string {
  switch (unit) {
    case "count":
      return formatCount(value);
    case "percent":
      return formatPercent(value);
    case "metric":
      return formatMetric(value);
    case "milliseconds":
      return formatMilliseconds(value);
    default:
      return unit satisfies never;
  }
}

/** formatValueTick writes a tick of a value axis in its unit, with `digits` decimals, so that two ticks never read the same. */
export function formatValueTick(value: number, unit: ChartUnit, digits: number): string {
  switch (unit) {
    case "count":
      return formatCompact(value);
    case "percent":
      return `${(value * 100).toFixed(Math.max(0, digits - 2))}\u00a0%`;
    case "metric":
      return Math.abs(value) >= 1_000 ? formatCount(value) : value.toFixed(digits);
    case "milliseconds":
      return formatTickMilliseconds(value, digits);
    default:
      return unit satisfies never;
  }
}
