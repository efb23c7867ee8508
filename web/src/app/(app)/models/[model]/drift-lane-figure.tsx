import type { ChartFrame } from "../../../../charts/chart-model.ts";
import { DriftPanel } from "../../../../charts/drift-panel.tsx";
import { ChartFigure } from "../../../../ui/chart-figure.tsx";
import { DataTable } from "../../../../ui/data-table.tsx";
import type { DriftCellDetail } from "../../../../view/drift-cell-detail.ts";
import type { DriftLane } from "../../../../view/drift-lane.ts";
import { formatWindow } from "../../../../view/format-time.ts";
import { driftSentence, type RangeTraffic } from "../../../../view/lane-sentences.ts";
import { formatCount, formatMetric, formatPercent } from "../../../../view/number-words.ts";
import { columnsToDraw, packRow } from "../../../../view/packed-drift.ts";

/** DriftLaneFigure is the heat map of features through time with every verdict's reason in its table. */
export function DriftLaneFigure(props: {
  lane: DriftLane;
  detail: DriftCellDetail | undefined;
  frame: ChartFrame;
  cellPath: string;
  traffic: RangeTraffic;
}) {
  const { lane, frame, traffic } = props;
  if (lane.rows.length === 0) {
    return (
      <ChartFigure id="drift" title="Drift by feature" summary={driftSentence(lane, traffic)}>
        {null}
      </ChartFigure>
    );
  }
  return (
    <ChartFigure
      id="drift"
      title="Drift by feature"
      summary={driftSentence(lane, traffic)}
      table={
        <DataTable
          bounded
          caption="Drift verdicts by window, newest first"
          columns={[
            { header: "Window (UTC)" },
            { header: "Predictions", numeric: true },
            { header: "Features drifting", numeric: true },
            { header: "Jointly (AUC)", numeric: true },
            { header: "Verdict" },
          ]}
          rows={[...lane.columns].reverse().map((column) => ({
            key: String(column.start),
            cells: [
              formatWindow(column.start, column.end, frame.now),
              formatCount(column.count),
              formatPercent(column.driftShare, 0),
              column.joint === null
                ? column.jointReason === undefined
                  ? "–"
                  : "not judged"
                : `${formatMetric(column.joint.auc)}${column.joint.isDrifted ? ", drifted" : ""}`,
              column.reason,
            ],
          }))}
        />
      }
    >
      <DriftPanel
        key={props.cellPath}
        frame={frame}
        columns={columnsToDraw(lane)}
        rows={lane.rows.map(packRow)}
        cellPath={props.cellPath}
        initialDetail={props.detail}
      />
    </ChartFigure>
  );
}
