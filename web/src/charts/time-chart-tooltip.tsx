"use client";

import type { ChartSeries, ChartUnit } from "./chart-model.ts";
import { formatValue } from "./format-value.ts";
import styles from "./time-chart.module.css";

/** TimeChartTooltip lists the values under the crosshair; a band reads as its two ends, a gap is left out. */
export function TimeChartTooltip(props: {
  series: ChartSeries[];
  unit: ChartUnit;
  active?: boolean;
  payload?: readonly { payload?: unknown }[];
}) {
  const point = props.payload?.[0]?.payload;
  if (props.active !== true || !isRecord(point)) return null;
  const rows = props.series.flatMap((series) => {
    const text = valueText(point[series.key], props.unit);
    return text === undefined ? [] : [{ series, text }];
  });
  return (
    <div className={styles["tooltip"]}>
      <div className={styles["tooltipTitle"]}>{String(point["label"])}</div>
      {rows.map(({ series, text }) => (
        <div key={series.key} className={styles["tooltipRow"]}>
          <span
            className={series.kind === "band" ? styles["swatchBand"] : styles["swatch"]}
            style={{ background: `var(--${series.color})` }}
          />
          <span>{series.name}</span>
          <strong>{text}</strong>
        </div>
      ))}
    </div>
  );
}

function valueText(value: unknown, unit: ChartUnit): string | undefined {
  if (typeof value === "number") return formatValue(value, unit);
  if (Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "number") {
    return `${formatValue(value[0], unit)} – ${formatValue(value[1], unit)}`;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
