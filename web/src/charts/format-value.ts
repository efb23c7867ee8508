import {
  formatCompact,
  formatCount,
  formatMetric,
  formatMilliseconds,
  formatPercent,
} from "../view/number-words.ts";
import type { ChartUnit } from "./chart-model.ts";

/** formatValue writes a value of a chart in its unit; `tight` is the shorter form for axes. */
export function formatValue(value: number | null, unit: ChartUnit, tight = false): string {
  switch (unit) {
    case "count":
      return tight ? formatCompact(value) : formatCount(value);
    case "percent":
      return formatPercent(value, tight ? 0 : 1);
    case "metric":
      return formatMetric(value);
    case "milliseconds":
      return formatMilliseconds(value);
    default:
      return unit satisfies never;
  }
}
