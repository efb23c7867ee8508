"use client";

import {
  Area,
  CartesianGrid,
  ComposedChart,
  type DotItemDotProps,
  Line,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatTick } from "../view/format-time.ts";
import { tickDigits, type ValueAxis, valueAxis } from "../view/value-ticks.ts";
import type { ChartFrame, ChartPoint, ChartSeries, ChartUnit } from "./chart-model.ts";
import { formatValueTick } from "./format-value.ts";
import styles from "./time-chart.module.css";
import { TimeChartTooltip } from "./time-chart-tooltip.tsx";
import { RIGHT_MARGIN, useGutter } from "./use-gutter.ts";

/** TimeChartProps describe one lane; they are plain data, so that a server component can hand them over. */
export interface TimeChartProps {
  title: string;
  frame: ChartFrame;
  points: ChartPoint[];
  series: ChartSeries[];
  unit: ChartUnit;
  /** Lanes of a page that share an id share the crosshair. */
  syncId: string;
  height: number;
  /** The ends of the value axis where they are fixed, such as zero; `auto` follows the data. */
  domain?: [number | "auto", number | "auto"];
  /** Horizontal lines: an objective, a threshold. */
  levels?: { value: number; label: string }[];
}

const DASHES = { short: "2 3", long: "7 4" } as const;

/** TimeChart draws one lane over the page's shared time axis. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one drawing, whose parts share their scales
export default function TimeChart(props: TimeChartProps) {
  const gutter = useGutter();
  const { frame, unit } = props;
  const span = frame.to - frame.from;
  const data = props.points.map(({ t, label, values }) => ({ t, label, ...values }));
  const axis = axisOf(props);
  const digits = tickDigits(axis.ticks);
  return (
    <ComposedChart
      className={styles["chart"] ?? ""}
      responsive
      style={{ width: "100%", height: props.height }}
      data={data}
      margin={{ top: props.levels === undefined ? 6 : 16, right: RIGHT_MARGIN, bottom: 0, left: 0 }}
      syncId={props.syncId}
      syncMethod="value"
      title={props.title}
    >
      <CartesianGrid stroke="var(--grid)" vertical={false} />
      {frame.spans.map(({ from, to, label }) => (
        <ReferenceArea
          key={`${from} ${label}`}
          x1={Math.max(from, frame.from)}
          x2={Math.min(to, frame.to)}
          fill="var(--incident-band)"
          fillOpacity={1}
          ifOverflow="hidden"
        />
      ))}
      <XAxis
        dataKey="t"
        type="number"
        domain={[frame.from, frame.to]}
        allowDataOverflow
        ticks={frame.ticks}
        tickFormatter={(t: number) => formatTick(t, span, frame.now)}
        stroke="var(--line-strong)"
        tickLine={false}
        height={24}
        minTickGap={16}
      />
      <YAxis
        width={gutter}
        domain={axis.domain}
        ticks={axis.ticks}
        interval={0}
        tickFormatter={(value: number) => formatValueTick(value, unit, digits)}
        stroke="transparent"
        tickLine={false}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: "var(--line-strong)", strokeWidth: 1 }}
        content={<TimeChartTooltip series={props.series} unit={unit} />}
      />
      {props.series.map((series) => drawSeries(series, props.points))}
      {(props.levels ?? []).map(({ value, label }) => (
        <ReferenceLine
          key={label}
          y={value}
          stroke="var(--reference)"
          strokeDasharray="4 4"
          ifOverflow="hidden"
          label={{ value: label, position: "insideBottomRight", className: styles["levelLabel"] ?? "" }}
        />
      ))}
      {frame.changes.map((time) => (
        <ReferenceLine
          key={`change ${time}`}
          x={time}
          stroke="var(--ink-faint)"
          strokeDasharray="1 3"
          ifOverflow="hidden"
        />
      ))}
      {frame.marks.map(({ time, label }) => (
        <ReferenceLine
          key={label}
          x={time}
          stroke="var(--accent)"
          strokeDasharray="2 3"
          ifOverflow="hidden"
          label={{ value: label, position: "insideTopLeft", className: styles["markLabel"] ?? "" }}
        />
      ))}
    </ComposedChart>
  );
}

function axisOf({ points, series, levels = [], domain, unit, height }: TimeChartProps): ValueAxis {
  const values = points.flatMap((point) => series.flatMap(({ key }) => point.values[key] ?? []));
  const all = [...values, ...levels.map(({ value }) => value)];
  const [low = "auto", high = "auto"] = domain ?? [];
  return valueAxis({
    low: all.reduce((a, b) => Math.min(a, b), all[0] ?? 0),
    high: all.reduce((a, b) => Math.max(a, b), all[0] ?? 0),
    most: height < 100 ? 1 : 3,
    isWhole: unit === "count",
    fixedLow: low === "auto" ? undefined : low,
    fixedHigh: high === "auto" ? undefined : high,
  });
}

/** A line through one point alone would not be seen. */
function dotAlone(key: string, points: readonly ChartPoint[]) {
  return ({ cx, cy, index: i, stroke }: DotItemDotProps) => {
    const has = (at: number) => (points[at]?.values[key] ?? null) !== null;
    const isAlone = has(i) && !has(i - 1) && !has(i + 1);
    return isAlone ? <circle key={i} cx={cx} cy={cy} r={3} fill={stroke} /> : <g key={i} />;
  };
}

function drawSeries({ key, name, kind, color, dash }: ChartSeries, points: readonly ChartPoint[]) {
  const stroke = `var(--${color})`;
  const shared = { key, dataKey: key, name, isAnimationActive: false, stroke, connectNulls: false } as const;
  const dashed = dash === undefined ? {} : { strokeDasharray: DASHES[dash] };
  switch (kind) {
    case "line":
      return (
        <Line
          {...shared}
          {...dashed}
          type="linear"
          strokeWidth={2}
          dot={dotAlone(key, points)}
          activeDot={{ r: 4 }}
        />
      );
    case "step":
      return <Line {...shared} {...dashed} type="step" strokeWidth={1.5} dot={false} activeDot={false} />;
    case "dots":
      return (
        <Line
          {...shared}
          type="linear"
          strokeWidth={0}
          dot={{ r: 3, fill: "var(--surface)", stroke, strokeWidth: 1.5 }}
          activeDot={{ r: 4 }}
        />
      );
    case "area":
      return (
        <Area
          {...shared}
          type="step"
          strokeWidth={1.5}
          fill={stroke}
          fillOpacity={0.18}
          activeDot={{ r: 3 }}
        />
      );
    case "band":
      return (
        <Area {...shared} type="linear" stroke="none" fill={stroke} fillOpacity={0.18} activeDot={false} />
      );
    default:
      return kind satisfies never;
  }
}
