/** When what happens in the demo, in epoch milliseconds of (shifted) event time. */
export interface DemoCalendar {
  /** The flights of 2001 are moved by this much, a whole number of days, so that the last of them flies today. */
  shiftMs: number;
  trainingFrom: number;
  trafficFrom: number;
  /** Now: what would fly later today is still to come. */
  trafficUntil: number;
  faultFrom: number;
  faultUntil: number;
}

const DAY_MS = 86_400_000;
const LAST_DAY = Date.UTC(2001, 5, 30);

/** createDemoCalendar returns the calendar that makes 30 June 2001 the day of `now`. */
export function createDemoCalendar(now: number): DemoCalendar {
  const shiftMs = Math.floor(now / DAY_MS) * DAY_MS - LAST_DAY;
  return {
    shiftMs,
    trainingFrom: Date.UTC(2001, 0, 1) + shiftMs,
    trafficFrom: Date.UTC(2001, 1, 1) + shiftMs,
    trafficUntil: now,
    faultFrom: Date.UTC(2001, 5, 18) + shiftMs,
    faultUntil: Date.UTC(2001, 5, 22) + shiftMs,
  };
}
