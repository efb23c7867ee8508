import type { PerformancePoint } from "./performance-lane.ts";

/** MOST_POINTS is how many points of a chart its width has room for. */
export const MOST_POINTS = 200;

/**
 * thinPoints returns at most `most` of the points, in order: of neighbours the one that is judged and lies farthest from the reference, so that a bad window is never
 * hidden by good ones; the newest where none is judged. O(points).
 */
export function thinPoints(points: readonly PerformancePoint[], most = MOST_POINTS): PerformancePoint[] {
  const size = Math.ceil(points.length / most);
  if (size <= 1) return [...points];
  const thinned: PerformancePoint[] = [];
  for (let from = 0; from < points.length; from += size) {
    thinned.push(points.slice(from, from + size).reduce((a, b) => (notable(b) >= notable(a) ? b : a)));
  }
  return thinned;
}

function notable({ isJudged, value, reference }: PerformancePoint): number {
  if (!isJudged || value === null) return -1;
  return reference === null ? 0 : Math.abs(value - reference);
}
