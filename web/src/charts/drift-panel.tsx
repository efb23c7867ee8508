"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { readProblem } from "../ui/read-problem.ts";
import type { DriftCellDetail } from "../view/drift-cell-detail.ts";
import type { DriftColumn, DriftRow } from "../view/drift-lane.ts";
import { type PackedDriftRow, unpackRow } from "../view/packed-drift.ts";
import type { ChartFrame } from "./chart-model.ts";
import { DriftCellView } from "./drift-cell-view.tsx";
import { type CellPosition, DriftHeatMap } from "./drift-heat-map.tsx";
import styles from "./drift-panel.module.css";

const FIRST_ROWS = 15;

/** DriftPanelProps are the heat map's data and the address of its cells' details. */
export interface DriftPanelProps {
  frame: ChartFrame;
  columns: DriftColumn[];
  rows: PackedDriftRow[];
  /** Where one cell's detail is read: `${cellPath}&feature=…&start=…`. */
  cellPath: string;
  initialDetail: DriftCellDetail | undefined;
}

type Loading = { state: "idle" } | { state: "loading" } | { state: "failed"; message: string };

/** DriftPanel is the heat map with the opened cell's distributions under it; the opened cell is kept in the address, so that it can be sent to somebody. */
export function DriftPanel(props: DriftPanelProps) {
  const { columns } = props;
  const rows = useMemo(() => props.rows.map(unpackRow), [props.rows]);
  const [detail, setDetail] = useState(props.initialDetail);
  const [loading, setLoading] = useState<Loading>({ state: "idle" });
  const [isWhole, setWhole] = useState(rows.length <= FIRST_ROWS + 2);
  const view = useRef<HTMLDivElement>(null);
  const request = useRef<AbortController>(undefined);
  const shown = isWhole ? rows : rows.slice(0, FIRST_ROWS);

  useEffect(() => () => request.current?.abort(), []);

  async function open({ row, column }: CellPosition) {
    const feature = shown[row]?.feature;
    const start = columns[column]?.start;
    if (feature === undefined || start === undefined) return;
    request.current?.abort();
    const abort = new AbortController();
    request.current = abort;
    setLoading({ state: "loading" });
    const address = `${props.cellPath}&feature=${encodeURIComponent(feature)}&start=${start}`;
    const answer = await fetch(address, { signal: abort.signal }).catch(() => undefined);
    if (abort.signal.aborted) return;
    if (answer?.ok !== true) {
      setLoading({ state: "failed", message: await readProblem(answer) });
      return;
    }
    setDetail((await answer.json()) as DriftCellDetail);
    setLoading({ state: "idle" });
    rememberCell(feature, start);
  }

  function close() {
    setDetail(undefined);
    rememberCell(undefined, undefined);
  }

  const selected = detail === undefined ? undefined : positionOf(detail, shown, columns);
  return (
    <div className={styles["panel"]}>
      <DriftHeatMap
        frame={props.frame}
        columns={columns}
        rows={shown}
        selected={selected}
        onSelect={(position) => void open(position)}
        onClose={close}
      />
      {!isWhole && (
        <button type="button" className={styles["more"]} onClick={() => setWhole(true)}>
          Show all {rows.length} features
        </button>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what was opened, beside the button that does. */}
      <div
        ref={view}
        aria-live="polite"
        onKeyDown={(event) => event.key === "Escape" && close()}
        className={loading.state === "loading" ? styles["dimmed"] : undefined}
      >
        {loading.state === "failed" && <p className={styles["problem"]}>{loading.message}</p>}
        {detail !== undefined && <DriftCellView detail={detail} now={props.frame.now} onClose={close} />}
      </div>
    </div>
  );
}

function positionOf(
  detail: DriftCellDetail,
  rows: DriftRow[],
  columns: DriftColumn[],
): CellPosition | undefined {
  const row = rows.findIndex(({ feature }) => feature === detail.feature);
  const column = columns.findIndex(({ start, end }) => detail.start >= start && detail.start < end);
  return row === -1 || column === -1 ? undefined : { row, column };
}

function rememberCell(feature: string | undefined, start: number | undefined): void {
  const url = new URL(window.location.href);
  if (feature === undefined || start === undefined) {
    url.searchParams.delete("feature");
    url.searchParams.delete("start");
  } else {
    url.searchParams.set("feature", feature);
    url.searchParams.set("start", String(start));
  }
  window.history.replaceState(null, "", url);
}
