import type { CellMap } from "./cell-map.ts";

/** Cell of a missing value. */
const NO_CELL = 65_535;

/** WindowCells is a window counted into a reference's cells. */
export type WindowCells = {
  /** The cell of each row. */
  readonly cellOfRow: Uint16Array;
  /** Entry c is how many window values lie in cells before c; one entry more than there are cells. */
  readonly starts: Uint32Array;
  readonly count: number;
  readonly missing: number;
};

/**
 * countWindowCells counts a window's values into the cells of a reference, remembering each row's cell.
 *
 * NaN is missing. O(rows + cells).
 *
 * @example countWindowCells(map, Float64Array.of(1, 2)).count; // 2
 */
export function countWindowCells(map: CellMap, window: Float64Array): WindowCells {
  const { low, scale, cells, firstCell, lastCell, left, slope } = map;
  const inner = firstCell.length - 2;
  const cellOfRow = new Uint16Array(window.length);
  const starts = new Uint32Array(cells + 1);
  let missing = 0;
  // segmentOf and cellOf are written out: this loop is most of the work.
  for (let i = 0; i < window.length; i++) {
    const x = window[i]!;
    const position = (x - low) * scale;
    let segment: number;
    if (position < inner) segment = position < 0 ? 0 : (position | 0) + 1;
    else if (position >= inner) segment = inner + 1;
    else {
      missing++;
      cellOfRow[i] = NO_CELL;
      continue;
    }
    const first = firstCell[segment]!;
    const last = lastCell[segment]!;
    const offset = (x - left[segment]!) * slope[segment]!;
    let cell = first;
    if (offset > 0) cell = offset >= last - first ? last : first + (offset | 0);
    cellOfRow[i] = cell;
    starts[cell + 1]!++;
  }
  for (let c = 1; c <= cells; c++) starts[c]! += starts[c - 1]!;
  return { cellOfRow, starts, count: window.length - missing, missing };
}
