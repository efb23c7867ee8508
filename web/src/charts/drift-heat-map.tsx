"use client";

import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from "react";
import type { DriftColumn, DriftRow } from "../view/drift-lane.ts";
import { formatTick } from "../view/format-time.ts";
import { heatLevel } from "../view/heat-level.ts";
import { shortName } from "../view/short-name.ts";
import { cellSentence } from "./cell-sentence.ts";
import type { ChartFrame } from "./chart-model.ts";
import styles from "./drift-heat-map.module.css";
import { HeatMapLegend } from "./heat-map-legend.tsx";
import { RIGHT_MARGIN, useGutter } from "./use-gutter.ts";
import { useWidth } from "./use-width.ts";

const ROW_HEIGHT = 24;
const RULER_HEIGHT = 14;
const AXIS_HEIGHT = 22;
const TICK_ROOM = 64;
/** Pixels from which on the part of the range without a verdict is named. */
const OPEN_ROOM = 90;
/** Of a feature's name: what is left free beside it, and what a character takes on average. */
const NAME_PADDING = 10;
const NAME_CHARACTER = 7.1;

/** CellPosition names a cell: row and column index. */
export interface CellPosition {
  row: number;
  column: number;
}

/**
 * DriftHeatMap draws features against time. Colour is the size of the drift in units of the feature's own threshold; hatching says that a
 * window was too small to judge, an outline that the feature drifted, a triangle on top that the window raised an alarm. One tab stop:
 * the arrow keys move, Enter opens a cell.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one drawing, whose parts share their scales
export function DriftHeatMap(props: {
  frame: ChartFrame;
  columns: DriftColumn[];
  rows: DriftRow[];
  selected: CellPosition | undefined;
  onSelect: (position: CellPosition) => void;
  onClose: () => void;
}) {
  const { frame, columns, rows } = props;
  const gutter = useGutter();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [active, setActive] = useState<CellPosition>();
  const hatchId = useId();

  const plotWidth = Math.max(0, width - gutter - RIGHT_MARGIN);
  // Windows reach beyond the range at both ends: what lies outside would cover the names.
  const x = (time: number) => {
    const shown = Math.min(Math.max(time, frame.from), frame.to);
    return ((shown - frame.from) / (frame.to - frame.from)) * plotWidth;
  };
  const height = RULER_HEIGHT + rows.length * ROW_HEIGHT + AXIS_HEIGHT;
  const shown = active ?? props.selected;
  const lastEnd = columns.at(-1)?.end ?? frame.from;
  const everyTick = Math.max(1, Math.ceil((frame.ticks.length * TICK_ROOM) / Math.max(1, plotWidth)));

  function positionAt(event: PointerEvent<SVGSVGElement>): CellPosition | undefined {
    const area = event.currentTarget.getBoundingClientRect();
    const time = frame.from + ((event.clientX - area.left) / plotWidth) * (frame.to - frame.from);
    const row = Math.floor((event.clientY - area.top - RULER_HEIGHT) / ROW_HEIGHT);
    const column = columns.findIndex(({ start, end }) => time >= start && time < end);
    return rows[row] === undefined || column === -1 ? undefined : { row, column };
  }

  function move(event: KeyboardEvent) {
    const from = active ?? props.selected ?? { row: 0, column: columns.length - 1 };
    const next = nextPosition(event.key, from, rows.length, columns.length);
    if (next !== undefined) {
      event.preventDefault();
      setActive(next);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      props.onSelect(from);
    } else if (event.key === "Escape") {
      props.onClose();
    }
  }

  return (
    <div className={styles["map"]}>
      <div className={styles["grid"]} ref={box} style={{ minHeight: height }}>
        <div
          className={styles["names"]}
          style={{ width: gutter, paddingTop: RULER_HEIGHT }}
          aria-hidden="true"
        >
          {rows.map(({ feature, isPrediction }) => (
            <div
              key={feature}
              className={isPrediction ? styles["outputName"] : styles["name"]}
              style={{ height: ROW_HEIGHT }}
              title={feature}
            >
              {isPrediction
                ? "model output"
                : shortName(feature, Math.floor((gutter - NAME_PADDING) / NAME_CHARACTER))}
            </div>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: a grid of thousands of focusable cells would bury the page for screen readers; the table below holds the numbers. */}
        <div
          role="group"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move between the cells of this one stop.
          tabIndex={0}
          className={styles["focus"]}
          aria-label="Heat map of drift by feature and window. Arrow keys move between cells, Enter opens one."
          onKeyDown={move}
          onBlur={() => setActive(undefined)}
        >
          <svg
            width={plotWidth}
            height={height}
            aria-hidden="true"
            className={styles["svg"]}
            onPointerMove={(event) => setActive(positionAt(event))}
            onPointerLeave={() => setActive(undefined)}
            onClick={(event) => {
              const position = positionAt(event as PointerEvent<SVGSVGElement>);
              if (position !== undefined) props.onSelect(position);
            }}
          >
            <defs>
              <pattern
                id={hatchId}
                width="5"
                height="5"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <rect width="5" height="5" className={styles["hatchGround"]} />
                <rect width="1.5" height="5" className={styles["hatchLine"]} />
              </pattern>
            </defs>
            {plotWidth > 0 &&
              columns.map((column, c) => (
                <Cells
                  key={column.start}
                  column={column}
                  rows={rows}
                  index={c}
                  left={x(column.start)}
                  right={x(column.end)}
                  hatch={`url(#${hatchId})`}
                />
              ))}
            {plotWidth > 0 && x(lastEnd) < plotWidth - OPEN_ROOM && (
              <text
                className={styles["open"]}
                x={(x(lastEnd) + plotWidth) / 2}
                y={RULER_HEIGHT + (rows.length * ROW_HEIGHT) / 2}
                textAnchor="middle"
              >
                not judged yet
              </text>
            )}
            {frame.ticks
              .filter((_, i) => i % everyTick === 0)
              .map((tick) => (
                <text key={tick} className={styles["tick"]} x={x(tick)} y={height - 6} textAnchor="middle">
                  {formatTick(tick, frame.to - frame.from, frame.now)}
                </text>
              ))}
            {shown !== undefined && columns[shown.column] !== undefined && (
              <rect
                className={styles["cursor"]}
                x={x(columns[shown.column]!.start) - 1}
                y={RULER_HEIGHT + shown.row * ROW_HEIGHT - 1}
                width={Math.max(4, x(columns[shown.column]!.end) - x(columns[shown.column]!.start)) + 2}
                height={ROW_HEIGHT + 1}
              />
            )}
          </svg>
        </div>
      </div>
      <div className={styles["foot"]} style={{ paddingLeft: gutter }}>
        <p className={styles["status"]} role="status">
          {shown === undefined
            ? "Point at a cell to read it; open it to compare the distributions."
            : cellSentence(rows, columns, shown, frame.now)}
        </p>
        <HeatMapLegend />
      </div>
    </div>
  );
}

function Cells(props: {
  column: DriftColumn;
  rows: DriftRow[];
  index: number;
  left: number;
  right: number;
  hatch: string;
}) {
  const { column, left, right } = props;
  const gap = right - left > 6 ? 1 : 0;
  const width = Math.max(0.5, right - left - gap);
  // Outlines of narrow cells would cover the colour between them.
  const outline = width > 5 ? 1.5 : 0.5;
  return (
    <g>
      {column.outcome === "alarm" && (
        <path className={styles["alarm"]} d={`M${left + width / 2 - 4} 3h8l-4 7z`} />
      )}
      {props.rows.map(({ feature, cells }, r) => {
        const cell = cells[props.index];
        if (cell === undefined || cell.state === "absent") return null;
        const y = RULER_HEIGHT + r * ROW_HEIGHT;
        const isHatched = cell.state === "insufficient";
        return (
          <rect
            key={feature}
            x={left}
            y={y + 0.5}
            width={width}
            height={ROW_HEIGHT - 1.5}
            className={`${styles[`level${isHatched ? 0 : heatLevel(cell)}`]} ${cell.state === "drifted" ? styles["drifted"] : ""}`}
            style={{ strokeWidth: outline, ...(isHatched ? { fill: props.hatch } : {}) }}
          />
        );
      })}
    </g>
  );
}

function nextPosition(
  key: string,
  { row, column }: CellPosition,
  rows: number,
  columns: number,
): CellPosition | undefined {
  switch (key) {
    case "ArrowLeft":
      return { row, column: Math.max(0, column - 1) };
    case "ArrowRight":
      return { row, column: Math.min(columns - 1, column + 1) };
    case "ArrowUp":
      return { row: Math.max(0, row - 1), column };
    case "ArrowDown":
      return { row: Math.min(rows - 1, row + 1), column };
    case "Home":
      return { row, column: 0 };
    case "End":
      return { row, column: columns - 1 };
    default:
      return undefined;
  }
}
