import type { NumericGrid } from "@leeway/core/statistics";

/**
 * gridBoundaries returns the ascending values at which a grid's next bin begins, so that a value's bin is the number of boundaries at or below
 * it, which is what ClickHouse finds by binary search. A bin closed on the right ends just before the next double; an atom begins at its
 * value. O(edges).
 *
 * @example gridBoundaries({ edges: [1], atomEdges: [1], decileEdges: [] }) // [1, 1.0000000000000002]
 */
export function gridBoundaries(grid: Pick<NumericGrid, "edges" | "atomEdges">): number[] {
  const atoms = new Set(grid.atomEdges);
  return grid.edges.flatMap((edge) => (atoms.has(edge) ? [edge, nextDouble(edge)] : [nextDouble(edge)]));
}

/** nextDouble returns the smallest double greater than a finite `x`. */
export function nextDouble(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  return doubleOf(bitsOf(x) + (x > 0 ? 1n : -1n));
}

/** previousDouble returns the largest double smaller than a finite `x`. */
export function previousDouble(x: number): number {
  return -nextDouble(-x);
}

const view = new DataView(new ArrayBuffer(8));

/** bitsOf returns the 64 bits of a double as a signed integer: for positive doubles it rises with the value. */
export function bitsOf(x: number): bigint {
  view.setFloat64(0, x);
  return view.getBigInt64(0);
}

function doubleOf(bits: bigint): number {
  view.setBigInt64(0, bits);
  return view.getFloat64(0);
}
