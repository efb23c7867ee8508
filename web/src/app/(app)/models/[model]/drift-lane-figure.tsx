import type { ChartFrame } from "../../../../charts/chart-model.ts";
import { DriftPanel } from "../../../../charts/drift-panel.tsx";
import { ChartFigure } from "../../../../ui/chart-figure.tsx";
import type { DriftCellDetail } from "../../../../view/drift-cell-detail.ts";
import type { DriftLane } from "../../../../view/drift-lane.ts";
import { driftSentence, type RangeTraffic } from "../../../../view/lane-sentences.ts";
import { columnsToDraw, packRow } from "../../../../view/packed-drift.ts";

/** DriftLaneFigure is the heat map of features through time. */
export function DriftLaneFigure(props: {
  lane: DriftLane;
  detail: DriftCellDetail | undefined;
  frame: ChartFrame;
  cellPath: string;
  tablePath: string;
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
      tablePath={props.tablePath}
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
