import type { DriftCell, DriftCellState } from "./drift-cell.ts";
import type { DriftColumn, DriftLane, DriftRow } from "./drift-lane.ts";
import { drawnNumber } from "./number-words.ts";

/** PackedDriftRow is a row of the heat map on its way to the browser: its cells as one text, a third of their size. */
export interface PackedDriftRow extends Omit<DriftRow, "cells"> {
  cells: string;
}

const LETTERS: Record<DriftCellState, string> = { ok: "o", drifted: "d", insufficient: "i", absent: "a" };
const STATES = new Map(Object.entries(LETTERS).map(([state, letter]) => [letter, state as DriftCellState]));

/** packRow returns a row with its cells as text: each is the letter of its state, its PSI and its threshold (`o0.012/0.2`). */
export function packRow({ cells, ...row }: DriftRow): PackedDriftRow {
  return { ...row, cells: cells.map(packCell).join(";") };
}

/** unpackRow returns the row that was packed. */
export function unpackRow({ cells, ...row }: PackedDriftRow): DriftRow {
  return { ...row, cells: cells === "" ? [] : cells.split(";").map(unpackCell) };
}

/** columnsToDraw returns the columns without the reasons that the map never shows: only a cell without a verdict is explained by its window. */
export function columnsToDraw({ columns, rows }: Pick<DriftLane, "columns" | "rows">): DriftColumn[] {
  return columns.map((column, index) =>
    rows.some(({ cells }) => cells[index]?.state === "absent")
      ? column
      : { ...column, reason: "", jointReason: undefined },
  );
}

function packCell({ state, psi, threshold }: DriftCell): string {
  return psi === null && threshold === null
    ? LETTERS[state]
    : `${LETTERS[state]}${drawnNumber(psi) ?? ""}/${drawnNumber(threshold) ?? ""}`;
}

function unpackCell(text: string): DriftCell {
  const state = STATES.get(text.charAt(0)) ?? "absent";
  const [psi = "", threshold = ""] = text.slice(1).split("/");
  return {
    state,
    psi: psi === "" ? null : Number(psi),
    threshold: threshold === "" ? null : Number(threshold),
  };
}
