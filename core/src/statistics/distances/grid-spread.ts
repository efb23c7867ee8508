import { gridBinEnds } from "../grid/grid-bin.ts";
import type { NumericGrid } from "../grid/numeric-grid.ts";

/** GridSide is one side's counts on a grid with its smallest and largest finite value and, where known, its mean. */
export type GridSide = {
  readonly counts: ArrayLike<number>;
  readonly min: number;
  readonly max: number;
  /** Mean of the counted values; with it the bin that says least is placed right. */
  readonly mean?: number;
};

/** GridSpread says over which part [from[b], to[b]] of each bin a side's values are taken to be spread evenly. */
export type GridSpread = { readonly from: Float64Array; readonly to: Float64Array };

/**
 * gridBounds returns the ends of every bin of a grid when its outer bins reach from `lowest` to `highest`; bins + 1 of them.
 *
 * O(bins).
 *
 * @example gridBounds({ edges: [1], atomEdges: [], decileEdges: [] }, 0, 5); // Float64Array [0, 1, 5]
 */
export function gridBounds(grid: NumericGrid, lowest: number, highest: number): Float64Array {
  const inner = gridBinEnds(grid).map(({ end }) => end);
  const first = inner[0] ?? lowest;
  const last = inner[inner.length - 1] ?? highest;
  return Float64Array.of(Math.min(lowest, first), ...inner, Math.max(highest, last));
}

/**
 * spreadOnGrid returns where within each bin a side's values are taken to lie: evenly over the bin, but for the bin whose width and
 * count make it the least certain, which is narrowed so that the side's mean comes out right.
 *
 * A tail bin reaching to a far outlier would otherwise spread its values over emptiness. O(bins).
 *
 * @example spreadOnGrid(gridBounds(grid, 0, 5), { counts: [3, 1], min: 0, max: 5, mean: 0.75 });
 */
export function spreadOnGrid(bounds: Float64Array, side: GridSide): GridSpread {
  const from = bounds.slice(0, -1);
  const to = bounds.slice(1);
  if (side.mean === undefined || !Number.isFinite(side.mean)) return { from, to };
  let total = 0;
  let widest = -1;
  let uncertainty = 0;
  for (let bin = 0; bin < from.length; bin++) {
    const count = side.counts[bin]!;
    total += count;
    const weight = count * (to[bin]! - from[bin]!);
    if (weight > uncertainty) {
      uncertainty = weight;
      widest = bin;
    }
  }
  if (widest < 0) return { from, to };
  let elsewhere = 0;
  for (let bin = 0; bin < from.length; bin++) {
    if (bin !== widest) elsewhere += (side.counts[bin]! / total) * (from[bin]! / 2 + to[bin]! / 2);
  }
  const mean = ((side.mean - elsewhere) * total) / side.counts[widest]!;
  const left = from[widest]!;
  const right = to[widest]!;
  const centre = Math.max(left, Math.min(right, mean));
  const half = Math.min(centre - left, right - centre);
  from[widest] = centre - half;
  to[widest] = centre + half;
  return { from, to };
}
