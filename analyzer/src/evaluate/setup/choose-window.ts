const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** FEWEST_IN_WINDOW is how many predictions an average window must hold: fewer say too little to be worth a verdict. */
export const FEWEST_IN_WINDOW = 125;

const WANTED_PREDICTIONS = 500;
const SIZES_MS: readonly number[] = [HOUR, 6 * HOUR, DAY];
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

/**
 * chooseVerdictWindow returns the length of the windows of drift, performance, volume and labels: about 500 predictions, an hour at least. A
 * model is judged by the day where a day holds 125: with weeks it would wait three of them for its reference.
 */
export function chooseVerdictWindow(traffic: { count: number; from: number; to: number }): number {
  const chosen = chooseWindow(traffic, WANTED_PREDICTIONS, SIZES_MS);
  return chosen === DAY ? chooseWindow(traffic, FEWEST_IN_WINDOW, [DAY, 7 * DAY]) : chosen;
}
