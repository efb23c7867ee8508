const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  28 * DAY,
  56 * DAY,
  112 * DAY,
];
const MONDAY = 4 * DAY;

/** axisTicks returns round UTC moments inside `[from, to]`, at most `maximum`, the same for every lane of a page so that they line up. */
export function axisTicks(from: number, to: number, maximum: number): number[] {
  const step =
    STEPS.find((candidate) => (to - from) / candidate <= maximum) ?? Math.ceil((to - from) / maximum);
  const origin = step >= 7 * DAY ? MONDAY : 0;
  const ticks: number[] = [];
  for (let t = Math.ceil((from - origin) / step) * step + origin; t <= to; t += step) ticks.push(t);
  return ticks;
}
