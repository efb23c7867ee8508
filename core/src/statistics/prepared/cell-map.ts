import { lowerBound } from "../sorting/lower-bound.ts";
import { quantileSorted } from "../summary/quantile.ts";

/** Equally wide segments of the reference's middle; their tables fit the first-level cache. */
const SEGMENTS = 1024;

/** Cells shared out among the segments by how much of the reference lies in them. Counters for them fit the second-level cache. */
const SHARED_CELLS = 32_768;

/** CellMap is a monotone map from numbers to cells 0 … cells − 1, made so that no cell holds much of the reference. */
export type CellMap = {
  readonly low: number;
  readonly scale: number;
  readonly cells: number;
  /** Per segment: its first cell, how many it has, and the line that places a value among them. */
  readonly firstCell: Int32Array;
  readonly lastCell: Int32Array;
  readonly left: Float64Array;
  readonly slope: Float64Array;
  /** Entry c is how many reference values lie in cells before c; one entry more than there are cells. */
  readonly starts: Uint32Array;
};

/**
 * createCellMap cuts the number line into about 34,000 cells: 1,024 equally wide segments over the reference's middle 99.8 %, each
 * with cells in proportion to its share of the reference.
 *
 * The map is monotone in floating point (subtractions, products, truncations and limits only), so counts in cells are exact counts
 * between values. Argument: ascending numbers without NaN. Null where the finite range exceeds the largest double, or there is
 * none. O(n). Source: a two-level radix partition; compare learned sorting, Kristo et al. 2020.
 *
 * @example createCellMap(sortFloats(reference))?.cells; // about 34000
 */
export function createCellMap(sortedReference: Float64Array): CellMap | null {
  const finite = sortedReference.subarray(
    lowerBound(sortedReference, -Number.MAX_VALUE),
    lowerBound(sortedReference, Number.POSITIVE_INFINITY),
  );
  if (finite.length === 0) return null;
  const low = quantileSorted(finite, 0.001);
  const width = quantileSorted(finite, 0.999) - low;
  // Where the middle is one value, any scale keeps the map monotone.
  const scale = width > 0 ? SEGMENTS / width : 1;
  if (!(Number.isFinite(width) && Number.isFinite(scale))) return null;
  const segments = layOutSegments(sortedReference, low, scale);
  const cells = segments.lastCell[SEGMENTS + 1]! + 1;
  const map = { low, scale, cells, ...segments, starts: new Uint32Array(cells + 1) };
  for (let i = 0; i < sortedReference.length; i++) map.starts[cellOf(sortedReference[i]!, map) + 1]!++;
  for (let c = 1; c <= cells; c++) map.starts[c]! += map.starts[c - 1]!;
  return map;
}

/**
 * segmentOf returns the segment of a number, 0 … 1,025; infinities fall into the outer ones. Not for NaN. O(1).
 *
 * @example segmentOf(0.5, 0, 1024); // 513
 */
export function segmentOf(x: number, low: number, scale: number): number {
  const position = (x - low) * scale;
  if (position < 0) return 0;
  return position >= SEGMENTS ? SEGMENTS + 1 : (position | 0) + 1;
}

/**
 * cellOf returns the cell of a number; infinities fall into the outer cells. Not for NaN. O(1).
 *
 * @example cellOf(0.5, map);
 */
export function cellOf(x: number, map: CellMap): number {
  const segment = segmentOf(x, map.low, map.scale);
  const first = map.firstCell[segment]!;
  const offset = (x - map.left[segment]!) * map.slope[segment]!;
  if (!(offset > 0)) return first;
  const width = map.lastCell[segment]! - first;
  return offset >= width ? map.lastCell[segment]! : first + (offset | 0);
}

type Segments = Pick<CellMap, "firstCell" | "lastCell" | "left" | "slope">;

function layOutSegments(sorted: Float64Array, low: number, scale: number): Segments {
  const segments = {
    firstCell: new Int32Array(SEGMENTS + 2),
    lastCell: new Int32Array(SEGMENTS + 2),
    left: new Float64Array(SEGMENTS + 2),
    slope: new Float64Array(SEGMENTS + 2),
  };
  let from = 0;
  let cell = 0;
  for (let s = 0; s < SEGMENTS + 2; s++) {
    let to = from;
    while (to < sorted.length && segmentOf(sorted[to]!, low, scale) === s) to++;
    const share = 1 + Math.floor((SHARED_CELLS * (to - from)) / sorted.length);
    segments.firstCell[s] = cell;
    segments.lastCell[s] = cell + share - 1;
    if (to > from) placeLine(segments, s, share, sorted.subarray(from, to));
    cell += share;
    from = to;
  }
  return segments;
}

// The line spans the middle of the segment's own values: one far outlier must not take all the resolution.
function placeLine(segments: Segments, s: number, share: number, values: Float64Array): void {
  const left = values[Math.floor(values.length * 0.002)]!;
  const right = values[Math.ceil((values.length - 1) * 0.998)]!;
  const slope = share / (right - left);
  if (!(Number.isFinite(left) && Number.isFinite(slope))) return;
  segments.left[s] = left;
  segments.slope[s] = slope;
}
