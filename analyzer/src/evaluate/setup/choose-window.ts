const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** WINDOW_SIZES_MS are the lengths an automatic monitor may have. */
export const WINDOW_SIZES_MS: readonly number[] = [HOUR, 6 * HOUR, DAY, 7 * DAY];
/** SERVING_WINDOW_SIZES_MS are those of an automatic latency objective, which must be quick where there is traffic. */
export const SERVING_WINDOW_SIZES_MS: readonly number[] = [5 * MINUTE, HOUR, 6 * HOUR, DAY];

/** chooseWindow returns the shortest of `sizesMs` (ascending) that holds `wanted` predictions on average, or the longest where none does. */
export function chooseWindow(
  traffic: { count: number; from: number; to: number },
  wanted: number,
  sizesMs: readonly number[],
): number {
  const perMs = traffic.count / Math.max(1, traffic.to - traffic.from);
  return sizesMs.find((size) => perMs * size >= wanted) ?? sizesMs.at(-1)!;
}
