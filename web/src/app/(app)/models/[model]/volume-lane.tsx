import type { ChartFrame, ChartSeries } from "../../../../charts/chart-model.ts";
import { LazyTimeChart } from "../../../../charts/lazy-time-chart.tsx";
import { ChartFigure } from "../../../../ui/chart-figure.tsx";
import { formatWindow, middleOf } from "../../../../view/format-time.ts";
import { volumeSentence } from "../../../../view/lane-sentences.ts";
import type { ServingPoint } from "../../../../view/model-page.ts";

const SERIES: ChartSeries[] = [
  { key: "total", name: "Predictions", kind: "area", color: "series-1" },
  { key: "errors", name: "Failed", kind: "step", color: "series-2" },
];

/** VolumeLane draws how many predictions were made, and how many of them failed. */
export function VolumeLane(props: { points: ServingPoint[]; frame: ChartFrame; tablePath: string }) {
  const { points, frame, tablePath } = props;
  const hasErrors = points.some((point) => point.errors > 0);
  return (
    <ChartFigure id="volume" title="Predictions" summary={volumeSentence(points)} tablePath={tablePath}>
      <LazyTimeChart
        title="Predictions over time"
        frame={frame}
        points={points.map((point) => ({
          t: middleOf(point, frame),
          label: formatWindow(point.start, point.end, frame.now),
          values: { total: point.total, errors: point.errors },
        }))}
        series={hasErrors ? SERIES : SERIES.slice(0, 1)}
        unit="count"
        syncId="model"
        height={110}
        domain={[0, "auto"]}
      />
    </ChartFigure>
  );
}
