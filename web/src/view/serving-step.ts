const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 7 * DAY];

/** servingStep returns the round step that cuts `spanMs` into at most 200 points, no finer than a minute. */
export function servingStep(spanMs: number): number {
  return STEPS.find((step) => spanMs / step <= 200) ?? Math.ceil(spanMs / 200 / DAY) * DAY;
}

interface Step {
  start: number;
  end: number;
  total: number;
}

/** fillSteps returns `points` with the missing steps between the first and the last added by `empty`: no traffic is zero traffic, not a line drawn across. */
export function fillSteps<Point extends Step>(
  points: readonly Point[],
  stepMs: number,
  empty: (start: number, end: number) => Point,
): Point[] {
  const filled: Point[] = [];
  for (const point of points) {
    const previous = filled.at(-1);
    if (previous !== undefined) {
      for (let start = previous.end; start < point.start; start += stepMs)
        filled.push(empty(start, start + stepMs));
    }
    filled.push(point);
  }
  return filled;
}
