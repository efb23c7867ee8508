import { type TimeWindow, windowStart } from "@leeway/core/window";

/** SILENT_WINDOWS is for how many windows after its last prediction a version is still judged: long enough to be notified of, then it is gone. */
export const SILENT_WINDOWS = 14;

/**
 * dueWindows returns the windows of `sizeMs` that should have a verdict at `asOf`: whole windows from the first prediction's on (its part before
 * the first prediction is short of rows, so that window is left out unless the prediction opened it) until the version has long been silent. One
 * that is archived was ended on purpose: nobody misses it, and the window in which it ended is short of rows.
 */
export function dueWindows(
  seen: { first: number; last: number },
  asOf: number,
  sizeMs: number,
  isArchived = false,
): TimeWindow[] {
  const opening = windowStart(seen.first, sizeMs);
  // Traffic that began within the first twentieth of a window has, for every purpose, filled it.
  const from = seen.first - opening <= sizeMs / 20 ? opening : opening + sizeMs;
  const until = Math.min(
    asOf,
    windowStart(seen.last, sizeMs) + (isArchived ? 0 : SILENT_WINDOWS + 1) * sizeMs,
  );
  const windows: TimeWindow[] = [];
  for (let start = from; start + sizeMs <= until; start += sizeMs)
    windows.push({ start, end: start + sizeMs });
  return windows;
}
