/** DriftCellState is what one cell of the heat map says; only `ok` is healthy. */
export type DriftCellState = "ok" | "drifted" | "insufficient" | "absent";

/** DriftCell is one feature in one window, reduced to what the heat map draws. */
export interface DriftCell {
  state: DriftCellState;
  /** The PSI the threshold is for: against the reference's same hours or days where the feature has a rhythm. */
  psi: number | null;
  threshold: number | null;
}

/** relativeSize returns a cell's PSI in units of its threshold, 0 where it could not be judged. */
export function relativeSize(cell: DriftCell): number {
  if (cell.psi === null || cell.threshold === null || !(cell.threshold > 0)) return 0;
  return cell.psi / cell.threshold;
}
