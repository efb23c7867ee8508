import type { DriftColumn, DriftRow } from "../view/drift-lane.ts";
import { formatWindow } from "../view/format-time.ts";
import { formatCount, formatMetric } from "../view/number-words.ts";

const WORDS = {
  ok: "no drift",
  drifted: "drifted",
  insufficient: "too little data to judge",
  absent: "no verdict",
} as const;

/** cellSentence returns what the cell at a position of the heat map says, in words and numbers. */
export function cellSentence(
  rows: readonly DriftRow[],
  columns: readonly DriftColumn[],
  position: { row: number; column: number },
  now: number,
): string {
  const row = rows[position.row];
  const column = columns[position.column];
  const cell = row?.cells[position.column];
  if (row === undefined || column === undefined || cell === undefined) return "";
  const name = row.isPrediction ? "model output" : row.feature;
  const where = `${name}, ${formatWindow(column.start, column.end, now)}`;
  if (cell.state === "absent") return `${where}: ${WORDS.absent} (${column.reason})`;
  const numbers =
    cell.psi === null
      ? ""
      : `, PSI ${formatMetric(cell.psi)} against a threshold of ${formatMetric(cell.threshold)}`;
  return `${where}: ${WORDS[cell.state]}${numbers}, ${formatCount(column.count)} predictions`;
}
