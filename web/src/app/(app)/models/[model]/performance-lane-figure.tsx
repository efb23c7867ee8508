import type { ReactNode } from "react";
import type { ChartFrame, ChartSeries } from "../../../../charts/chart-model.ts";
import { LazyTimeChart } from "../../../../charts/lazy-time-chart.tsx";
import { Legend } from "../../../../charts/legend.tsx";
import { ChartFigure } from "../../../../ui/chart-figure.tsx";
import { DataTable } from "../../../../ui/data-table.tsx";
import { formatWindow, middleOf } from "../../../../view/format-time.ts";
import { estimateSentence, performanceSentence } from "../../../../view/lane-sentences.ts";
import { metricName } from "../../../../view/metric-words.ts";
import { formatCount, formatMetric, formatPercent } from "../../../../view/number-words.ts";
import type { PerformanceLane, PerformancePoint } from "../../../../view/performance-lane.ts";
import { thinPoints } from "../../../../view/thin-points.ts";

const COVERAGE: ChartSeries[] = [
  { key: "coverage", name: "Labels arrived", kind: "area", color: "series-3" },
  { key: "expected", name: "Usual at this age", kind: "step", color: "reference", dash: "short" },
];

/** PerformanceLaneFigure draws one metric from labels with its interval, the reference, the estimate where there is one, and how many labels it rests on. */
export function PerformanceLaneFigure(props: {
  lane: PerformanceLane;
  frame: ChartFrame;
  picker: ReactNode;
}) {
  const { lane, frame } = props;
  const { metric, points } = lane;
  const summary = performanceSentence(lane, frame.now);
  if (metric === undefined) {
    return (
      <ChartFigure id="performance" title="Performance" summary={summary}>
        {null}
      </ChartFigure>
    );
  }
  const series = performanceSeries(points);
  const drawn = thinPoints(points);
  const estimate = estimateSentence(lane, frame.now);
  return (
    <ChartFigure
      id="performance"
      title={metricName(metric)}
      summary={estimate === undefined ? summary : `${summary} ${estimate}`}
      actions={props.picker}
      table={<PerformanceTable points={points} metric={metric} now={frame.now} />}
    >
      <LazyTimeChart
        title={`${metricName(metric)} over time`}
        frame={frame}
        points={drawn.map((point) => performancePoint(point, frame))}
        series={series}
        unit="metric"
        syncId="model"
        height={210}
      />
      <LazyTimeChart
        title="Share of predictions with a label"
        frame={{ ...frame, marks: [], spans: [] }}
        points={drawn.map((point) => ({
          t: middleOf(point, frame),
          label: formatWindow(point.start, point.end, frame.now),
          values: { coverage: point.coverage, expected: point.expectedCoverage },
        }))}
        series={COVERAGE}
        unit="percent"
        syncId="model"
        height={70}
        domain={[0, 1]}
      />
      <Legend series={[...series, ...COVERAGE]} />
    </ChartFigure>
  );
}

function performanceSeries(points: readonly PerformancePoint[]): ChartSeries[] {
  const series: ChartSeries[] = [
    { key: "interval", name: "95 % interval", kind: "band", color: "series-1" },
    { key: "value", name: "Realised", kind: "line", color: "series-1" },
  ];
  if (points.some((point) => !point.isJudged && point.value !== null)) {
    series.push({ key: "immature", name: "Too few labels yet", kind: "dots", color: "series-1" });
  }
  if (points.some((point) => point.estimated !== null)) {
    series.push(
      { key: "estimatedInterval", name: "Interval of the estimate", kind: "band", color: "series-2" },
      { key: "estimated", name: "Estimated without labels", kind: "line", color: "series-2", dash: "long" },
    );
  }
  if (points.some((point) => point.reference !== null)) {
    series.push({ key: "reference", name: "Reference", kind: "step", color: "reference", dash: "short" });
  }
  return series;
}

function performancePoint(point: PerformancePoint, frame: ChartFrame) {
  return {
    t: middleOf(point, frame),
    label: `${formatWindow(point.start, point.end, frame.now)}, ${formatCount(point.labelled)} of ${formatCount(point.predictions)} labelled`,
    values: {
      value: point.isJudged ? point.value : null,
      immature: point.isJudged ? null : point.value,
      interval: pair(point.low, point.high),
      estimated: point.estimated,
      estimatedInterval: pair(point.estimatedLow, point.estimatedHigh),
      reference: point.reference,
    },
  };
}

function pair(low: number | null, high: number | null): [number, number] | null {
  return low === null || high === null ? null : [low, high];
}

function PerformanceTable(props: { points: readonly PerformancePoint[]; metric: string; now: number }) {
  return (
    <DataTable
      bounded
      caption={`${metricName(props.metric)} by window, newest first`}
      columns={[
        { header: "Window (UTC)" },
        { header: metricName(props.metric), numeric: true },
        { header: "95 % interval", numeric: true },
        { header: "Reference", numeric: true },
        { header: "Estimated", numeric: true },
        { header: "Labelled", numeric: true },
        { header: "Verdict" },
      ]}
      rows={[...props.points].reverse().map((point) => ({
        key: String(point.start),
        cells: [
          formatWindow(point.start, point.end, props.now),
          formatMetric(point.value),
          point.low === null ? "–" : `${formatMetric(point.low)} – ${formatMetric(point.high)}`,
          formatMetric(point.reference),
          point.estimated === null
            ? "–"
            : `${formatMetric(point.estimated)} (${formatMetric(point.estimatedLow)} – ${formatMetric(point.estimatedHigh)})`,
          `${formatCount(point.labelled)} (${formatPercent(point.coverage, 0)})`,
          `${point.revision > 1 ? `Revision ${point.revision}. ` : ""}${point.reason}`,
        ],
      }))}
    />
  );
}
