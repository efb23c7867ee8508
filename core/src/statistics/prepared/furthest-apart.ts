import type { CellMap } from "./cell-map.ts";
import { COLLECT, SKIP, type WatchedCells } from "./watched-cells.ts";
import type { WindowCells } from "./window-cells.ts";

/** Furthest is the largest |i·m − j·n| over all values and where it is reached; D is it divided by n·m. */
export type Furthest = { readonly numerator: number; readonly at: number | null };

/**
 * furthestApart returns the largest distance between the distribution functions of a reference and a window counted in its cells.
 *
 * Looks at every cell's end, and inside the watched cells at every value. Exact: whole numbers throughout.
 * O(cells + values in watched cells, reference's included).
 *
 * @example furthestApart(sorted, map, cells, watched, values).numerator / n / m; // Kolmogorov–Smirnov D
 */
export function furthestApart(
  sorted: Float64Array,
  map: CellMap,
  window: WindowCells,
  watched: WatchedCells,
  values: Float64Array,
): Furthest {
  const n = sorted.length;
  const m = window.count;
  let numerator = 0;
  let at: number | null = null;
  let collected = 0;
  for (let c = 0; c < map.cells; c++) {
    const from = map.starts[c]!;
    const to = map.starts[c + 1]!;
    const windowFrom = window.starts[c]!;
    const action = watched.action[c]!;
    if (action !== SKIP) {
      const inside = cellContents(c, action, from, to, windowFrom, window.starts[c + 1]!, watched, collected);
      const found = walk(sorted, values, inside, n, m, numerator);
      if (found.numerator > numerator) ({ numerator, at } = found);
      collected = inside.end;
    }
    const distance = Math.abs(to * m - window.starts[c + 1]! * n);
    if (distance > numerator) {
      numerator = distance;
      at = sorted[Math.max(0, to - 1)]!;
    }
  }
  return { numerator, at };
}

/** A watched cell: reference values [from, to), collected values [start, end), `equal` more at the pivot, rank before it all. */
type CellContents = {
  from: number;
  to: number;
  start: number;
  end: number;
  pivot: number;
  equal: number;
  rank: number;
};

function cellContents(
  c: number,
  action: number,
  from: number,
  to: number,
  windowFrom: number,
  windowTo: number,
  watched: WatchedCells,
  start: number,
): CellContents {
  const equal = watched.equal[c]!;
  const isCollected = action === COLLECT;
  return {
    from,
    to,
    start,
    end: isCollected ? start + windowTo - windowFrom - equal : start,
    pivot: watched.pivots[c]!,
    equal,
    // Of a compared cell only the values below and at the pivot matter: all above come after every reference value.
    rank: windowFrom + (isCollected ? 0 : watched.below[c]!),
  };
}

// Merges one cell's values, looking before its first and after each distinct one.
function walk(
  sorted: Float64Array,
  values: Float64Array,
  cell: CellContents,
  n: number,
  m: number,
  known: number,
): Furthest {
  const { to, end, pivot } = cell;
  let i = cell.from;
  let j = cell.start;
  let rank = cell.rank;
  let pivots = cell.equal;
  let numerator = known;
  let at: number | null = null;
  let x = pivot;
  for (;;) {
    const distance = Math.abs(i * m - rank * n);
    if (distance > numerator) {
      numerator = distance;
      at = x;
    }
    if (i >= to && j >= end && pivots === 0) return { numerator, at };
    const a = i < to ? sorted[i]! : Number.POSITIVE_INFINITY;
    const b = j < end ? values[j]! : Number.POSITIVE_INFINITY;
    x = Math.min(a, b, pivots > 0 ? pivot : Number.POSITIVE_INFINITY);
    while (i < to && sorted[i]! === x) i++;
    const before = j;
    while (j < end && values[j]! === x) j++;
    rank += j - before;
    if (x === pivot) {
      rank += pivots;
      pivots = 0;
    }
  }
}
