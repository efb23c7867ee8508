/** EventCounts holds how many events a window saw and how many of them were good. */
export interface EventCounts {
  good: number;
  total: number;
}

/** MinuteEvents holds the events of one minute; `minute` is its start in epoch milliseconds. */
export interface MinuteEvents extends EventCounts {
  minute: number;
  /** Bad events that failed; the other bad ones were slow. Absent: none. */
  failed?: number;
  /** Events that carry no latency and did not fail: they are in neither `good` nor `total`. Absent: none. */
  untimed?: number;
}

/** CountedEvents is what happened in a window, and how much of the window there is data for, milliseconds. */
export interface CountedEvents extends EventCounts {
  failed: number;
  untimed: number;
  spanMs: number;
}

export const MINUTE_MS = 60_000;

/** EventSeries answers window sums over minutes in O(log n) from prefix sums; build it with `createEventSeries`. */
export interface EventSeries {
  readonly minutes: Float64Array;
  readonly goodBefore: Float64Array;
  readonly totalBefore: Float64Array;
  readonly failedBefore: Float64Array;
  readonly untimedBefore: Float64Array;
}

/** createEventSeries returns an indexed copy of `events`, whose minutes must ascend; minutes without traffic may be left out. O(n). */
export function createEventSeries(events: readonly MinuteEvents[]): EventSeries {
  const minutes = new Float64Array(events.length);
  const goodBefore = new Float64Array(events.length + 1);
  const totalBefore = new Float64Array(events.length + 1);
  const failedBefore = new Float64Array(events.length + 1);
  const untimedBefore = new Float64Array(events.length + 1);
  events.forEach((event, i) => {
    minutes[i] = event.minute;
    goodBefore[i + 1] = goodBefore[i]! + event.good;
    totalBefore[i + 1] = totalBefore[i]! + event.total;
    failedBefore[i + 1] = failedBefore[i]! + (event.failed ?? 0);
    untimedBefore[i + 1] = untimedBefore[i]! + (event.untimed ?? 0);
  });
  return { minutes, goodBefore, totalBefore, failedBefore, untimedBefore };
}

/**
 * countWindow returns the events of the window of `windowMs` that ends with the minute starting at `lastMinute`, that minute included.
 * At the start of the data the window is only as long as there is data.
 */
export function countWindow(series: EventSeries, lastMinute: number, windowMs: number): CountedEvents {
  const from = firstAtOrAfter(series.minutes, lastMinute + MINUTE_MS - windowMs);
  const to = firstAtOrAfter(series.minutes, lastMinute + MINUTE_MS);
  const within = (before: Float64Array) => before[to]! - before[from]!;
  const first = series.minutes[0];
  return {
    good: within(series.goodBefore),
    total: within(series.totalBefore),
    failed: within(series.failedBefore),
    untimed: within(series.untimedBefore),
    spanMs: first === undefined ? 0 : Math.max(0, Math.min(windowMs, lastMinute + MINUTE_MS - first)),
  };
}

function firstAtOrAfter(minutes: Float64Array, time: number): number {
  let low = 0;
  let high = minutes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (minutes[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
