import { expect, it } from "vitest";
import type { PerformancePoint } from "./performance-lane.ts";
import { thinPoints } from "./thin-points.ts";

const point = (start: number, value: number | null, isJudged = true) =>
  ({ start, end: start + 1, value, isJudged, reference: 0.9 }) as PerformancePoint;

it("draws at most so many points, and the worst window of each few", () => {
  const points = Array.from({ length: 1_000 }, (_, i) => point(i, i === 501 ? 0.2 : 0.9));
  const thinned = thinPoints(points, 200);
  expect(thinned).toHaveLength(200);
  expect(thinned.filter(({ value }) => value === 0.2).map(({ start }) => start)).toEqual([501]);
  expect(thinned.map(({ start }) => start)).toEqual(
    [...thinned.map(({ start }) => start)].sort((a, b) => a - b),
  );
});

it("takes the newest of windows that are not judged, and leaves few points alone", () => {
  expect(thinPoints([point(0, 0.1, false), point(1, null, false)], 1).map(({ start }) => start)).toEqual([1]);
  expect(thinPoints([point(0, 0.1), point(1, 0.2)], 2)).toHaveLength(2);
});
