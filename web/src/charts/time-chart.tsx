"use client";

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { formatTick } from "../view/format-time.ts";
import type { ChartFrame, ChartPoint, ChartSeries, ChartUnit } from "./chart-model.ts";
import { formatValue } from "./format-value.ts";
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
export default function TimeChart(props: TimeChartProps) {
  const gutter = useGutter();
  const { frame, unit } = props;
  const span = frame.to - frame.from;
  const data = props.points.map(({ t, label, values }) => ({ t, label, ...values }));
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
        domain={props.domain ?? ["auto", "auto"]}
        tickFormatter={(value: number) => formatValue(value, unit, true)}
        stroke="transparent"
        tickLine={false}
        tickCount={props.height < 100 ? 2 : 4}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: "var(--line-strong)", strokeWidth: 1 }}
        content={<TimeChartTooltip series={props.series} unit={unit} />}
      />
      {props.series.map((series) => drawSeries(series))}
      {(props.levels ?? []).map(({ value, label }) => (
        <ReferenceLine
          key={label}
          y={value}
          stroke="var(--reference)"
          strokeDasharray="4 4"
          ifOverflow="extendDomain"
          label={{ value: label, position: "insideBottomRight", className: styles["levelLabel"] ?? "" }}
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

function drawSeries({ key, name, kind, color, dash }: ChartSeries) {
  const stroke = `var(--${color})`;
  const shared = { key, dataKey: key, name, isAnimationActive: false, stroke, connectNulls: false } as const;
  const dashed = dash === undefined ? {} : { strokeDasharray: DASHES[dash] };
  switch (kind) {
    case "line":
      return <Line {...shared} {...dashed} type="linear" strokeWidth={2} dot={false} activeDot={{ r: 4 }} />;
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
