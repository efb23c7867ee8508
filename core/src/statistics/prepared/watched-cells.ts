import { sortFloats } from "../sorting/radix-sort.ts";
import { type CellMap, cellOf } from "./cell-map.ts";
import type { PreparedReference } from "./prepared-reference.ts";
import type { WindowCells } from "./window-cells.ts";

/** Cells whose values need not be looked at. */
export const SKIP = 0;
/** Cells whose values are collected and sorted. */
export const COLLECT = 1;
/** Cells whose values are only compared with the one reference value there. */
export const COMPARE = 2;

/** WatchedCells says which cells need their values, and holds the counts of those where comparing with one value is enough. */
export type WatchedCells = {
  readonly action: Uint8Array;
  /** The median reference value of a watched cell: the only one of a compared cell, and any heavy tie of a collected one. */
  readonly pivots: Float64Array;
  readonly below: Uint32Array;
  readonly equal: Uint32Array;
};

/**
 * selectCells returns the cells whose window values must be looked at one by one: those with a decile, and those inside which
 * the distribution functions could be further apart than at any cell's end.
 *
 * A cell with one distinct reference value needs no sorting, only counts below and at it. O(cells).
 *
 * @example selectCells(reference, map, countWindowCells(map, window)).action.some((todo) => todo === COLLECT); // true
 */
export function selectCells(reference: PreparedReference, map: CellMap, window: WindowCells): WatchedCells {
  const { sorted, psiBins } = reference;
  const action = new Uint8Array(map.cells);
  const pivots = new Float64Array(map.cells);
  const n = sorted.length;
  const m = window.count;
  const known = furthestAtEnds(map, window, n);
  for (let c = 0; c < map.cells; c++) {
    const from = map.starts[c]!;
    const to = map.starts[c + 1]!;
    // Without reference values inside, the distance is largest at one of the cell's ends.
    if (from === to) continue;
    const ahead = to * m - window.starts[c]! * n;
    const behind = window.starts[c + 1]! * n - from * m;
    if (ahead <= known && behind <= known) continue;
    const isOneValue = sorted[from] === sorted[to - 1];
    action[c] = isOneValue ? COMPARE : COLLECT;
    pivots[c] = sorted[(from + to) >>> 1]!;
  }
  for (const edge of psiBins.edges) {
    const c = cellOf(edge, map);
    if (action[c] === COMPARE && pivots[c] === edge) continue;
    action[c] = COLLECT;
    pivots[c] = sorted[Math.min((map.starts[c]! + map.starts[c + 1]!) >>> 1, n - 1)]!;
  }
  return {
    action,
    pivots,
    below: new Uint32Array(map.cells),
    equal: new Uint32Array(map.cells),
  };
}

function furthestAtEnds(map: CellMap, window: WindowCells, n: number): number {
  const m = window.count;
  let furthest = 0;
  for (let c = 1; c < map.cells; c++) {
    const distance = Math.abs(map.starts[c]! * m - window.starts[c]! * n);
    if (distance > furthest) furthest = distance;
  }
  return furthest;
}

/**
 * valuesInCells returns the window's values in collected cells, ascending and without those equal to the cell's pivot, which it
 * counts instead; in compared cells it counts those below as well.
 *
 * O(rows) plus sorting what was collected.
 *
 * @example valuesInCells(watched, cells, window); // a few hundred of a million
 */
export function valuesInCells(
  watched: WatchedCells,
  window: WindowCells,
  column: Float64Array,
): Float64Array {
  const { action, pivots, below, equal } = watched;
  const { cellOfRow } = window;
  const values = new Float64Array(countCollected(watched, window));
  let next = 0;
  for (let i = 0; i < column.length; i++) {
    const c = cellOfRow[i]!;
    const todo = action[c];
    // A missing value's cell lies past the end and reads undefined.
    if (todo === SKIP || todo === undefined) continue;
    const x = column[i]!;
    if (x === pivots[c]) equal[c]!++;
    else if (todo === COLLECT) values[next++] = x;
    else if (x < pivots[c]!) below[c]!++;
  }
  return sortFloats(values.subarray(0, next));
}

function countCollected({ action }: WatchedCells, window: WindowCells): number {
  let collected = 0;
  for (let c = 0; c < action.length; c++) {
    if (action[c] === COLLECT) collected += window.starts[c + 1]! - window.starts[c]!;
  }
  return collected;
}
