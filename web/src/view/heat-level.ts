import { type DriftCell, relativeSize } from "./drift-cell.ts";

/** HEAT_LEVELS are the upper ends of the seven steps of the colour ramp, in units of the feature's own threshold; the last has none. */
export const HEAT_LEVELS = [0.25, 0.5, 1, 1.5, 2, 3] as const;

/** heatLevel returns the step (0 to 6) of the colour ramp for a cell: 3 and above are at or beyond the threshold. */
export function heatLevel(cell: DriftCell): number {
  const size = relativeSize(cell);
  const level = HEAT_LEVELS.findIndex((end) => size < end);
  return level === -1 ? HEAT_LEVELS.length : level;
}
