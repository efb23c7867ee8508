import type { ReactNode } from "react";
import type { ChartFrame, ChartSeries } from "../../../../charts/chart-model.ts";
import { LazyTimeChart } from "../../../../charts/lazy-time-chart.tsx";
import { Legend } from "../../../../charts/legend.tsx";
import { ChartFigure } from "../../../../ui/chart-figure.tsx";
import { formatWindow, middleOf } from "../../../../view/format-time.ts";
import { estimateSentence, performanceSentence } from "../../../../view/lane-sentences.ts";
import { metricName } from "../../../../view/metric-words.ts";
import { drawnNumber, formatCount } from "../../../../view/number-words.ts";
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
  tablePath: string;
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
      tablePath={props.tablePath}
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
          values: { coverage: drawnNumber(point.coverage), expected: drawnNumber(point.expectedCoverage) },
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
      value: point.isJudged ? drawnNumber(point.value) : null,
      immature: point.isJudged ? null : drawnNumber(point.value),
      interval: pair(point.low, point.high),
      estimated: drawnNumber(point.estimated),
      estimatedInterval: pair(point.estimatedLow, point.estimatedHigh),
      reference: drawnNumber(point.reference),
    },
  };
}

function pair(low: number | null, high: number | null): [number, number] | null {
  const [from, to] = [drawnNumber(low), drawnNumber(high)];
  return from === null || to === null ? null : [from, to];
}
