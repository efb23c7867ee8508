import type { ChartFrame, ChartSeries } from "../../../../charts/chart-model.ts";
import { LazyTimeChart } from "../../../../charts/lazy-time-chart.tsx";
import { Legend } from "../../../../charts/legend.tsx";
import { ChartFigure } from "../../../../ui/chart-figure.tsx";
import { formatWindow, middleOf } from "../../../../view/format-time.ts";
import { latencySentence } from "../../../../view/lane-sentences.ts";
import type { ServingPoint } from "../../../../view/model-page.ts";
import { drawnNumber, formatMilliseconds } from "../../../../view/number-words.ts";

const SERIES: ChartSeries[] = [
  { key: "p99", name: "p99", kind: "line", color: "series-4", dash: "short" },
  { key: "p95", name: "p95", kind: "line", color: "series-2", dash: "long" },
  { key: "p50", name: "p50", kind: "line", color: "series-1" },
];

/** LatencyLane draws the percentiles of request latency beside the objective. */
export function LatencyLane(props: {
  points: ServingPoint[];
  frame: ChartFrame;
  objectiveMs: number | undefined;
  tablePath: string;
}) {
  const { points, frame } = props;
  const timed = points.filter((point) => point.p95 !== null);
  // An objective far above everything measured would press the lines flat; the sentence above the objective's panel names it anyway.
  const peak = Math.max(0, ...timed.map((point) => point.p99 ?? 0));
  const objectiveMs =
    (props.objectiveMs ?? Number.POSITIVE_INFINITY) <= 4 * peak ? props.objectiveMs : undefined;
  return (
    <ChartFigure
      id="latency"
      title="Latency"
      summary={latencySentence(points, frame.now)}
      tablePath={timed.length === 0 ? undefined : props.tablePath}
    >
      {timed.length > 0 && (
        <>
          <LazyTimeChart
            title="Latency percentiles over time"
            frame={frame}
            points={points.map((point) => ({
              t: middleOf(point, frame),
              label: formatWindow(point.start, point.end, frame.now),
              values: {
                p50: drawnNumber(point.p50),
                p95: drawnNumber(point.p95),
                p99: drawnNumber(point.p99),
              },
            }))}
            series={SERIES}
            unit="milliseconds"
            syncId="model"
            height={170}
            domain={[0, "auto"]}
            {...(objectiveMs === undefined
              ? {}
              : {
                  levels: [{ value: objectiveMs, label: `objective ${formatMilliseconds(objectiveMs)}` }],
                })}
          />
          <Legend series={SERIES} />
        </>
      )}
    </ChartFigure>
  );
}
