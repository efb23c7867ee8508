/** TimeWindow is a half-open interval of event time, UTC epoch milliseconds: `start <= t < end`. A window is named by its start. */
export interface TimeWindow {
  start: number;
  end: number;
}

// 1970-01-05 was a Monday: weeks (and every window longer than a day that divides a week) begin on Mondays.
const MONDAY_EPOCH_MS = 4 * 86_400_000;
const DAY_MS = 86_400_000;

/** windowStart returns the start of the window of `sizeMs` that holds `time`; windows longer than a day are aligned to Mondays, UTC. */
export function windowStart(time: number, sizeMs: number): number {
  const origin = sizeMs > DAY_MS ? MONDAY_EPOCH_MS : 0;
  return Math.floor((time - origin) / sizeMs) * sizeMs + origin;
}

/** windowsBetween returns the whole windows of `sizeMs` inside `[from, to)`, in order; parts of windows at either end are left out. */
export function windowsBetween(from: number, to: number, sizeMs: number): TimeWindow[] {
  const windows: TimeWindow[] = [];
  let start = windowStart(from, sizeMs);
  if (start < from) start += sizeMs;
  for (; start + sizeMs <= to; start += sizeMs) windows.push({ start, end: start + sizeMs });
  return windows;
}
