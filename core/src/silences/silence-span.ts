import type { Rhythm, Silence, Weekday } from "../records/index.ts";
import { timeAt, wallClock } from "./wall-clock.ts";

/** SilenceSpan is one stretch in which a silence is in force, half-open, in epoch ms. */
export interface SilenceSpan {
  from: number;
  to: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const WEEKDAYS: readonly Weekday[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
// A rhythm has a day in each week, and its stretch may reach into the next day.
const DAYS_BACK = 8;

/** silenceSpan returns the newest stretch of a silence that began at or before `time`, whether it is over or not; undefined where none has begun. O(1). */
export function silenceSpan(
  silence: Pick<Silence, "starts_at" | "ends_at" | "recurs">,
  time: number,
): SilenceSpan | undefined {
  const { starts_at, ends_at, recurs } = silence;
  if (starts_at > time || ends_at <= starts_at) return undefined;
  if (recurs === undefined) return { from: starts_at, to: ends_at };
  return rhythmSpans(recurs, Math.min(time, ends_at - 1))
    .map(({ from, to }) => ({ from: Math.max(from, starts_at), to: Math.min(to, ends_at) }))
    .findLast(({ from, to }) => from <= time && from < to);
}

/** isInForce says whether a silence is in force at `time`. O(1). */
export function isInForce(silence: Pick<Silence, "starts_at" | "ends_at" | "recurs">, time: number): boolean {
  const span = silenceSpan(silence, time);
  return span !== undefined && time < span.to;
}

/** isInRhythm says whether `time` lies within the hours of a rhythm. O(1). */
export function isInRhythm(rhythm: Rhythm, time: number): boolean {
  return rhythmSpans(rhythm, time).some(({ from, to }) => from <= time && time < to);
}

/** rhythmEnd returns when the hours of a rhythm end in which `time` lies, also where one day's go on into the next one's; undefined where it lies in none. O(1). */
export function rhythmEnd(rhythm: Rhythm, time: number): number | undefined {
  let end: number | undefined;
  // After a week the same hours come again: what never ends is over after one.
  for (let days = 0; days <= DAYS_BACK; days++) {
    const at = end ?? time;
    const span = rhythmSpans(rhythm, at).findLast(({ from, to }) => from <= at && at < to);
    if (span === undefined) return end;
    end = span.to;
  }
  return end;
}

// The stretches of the days up to that of `time`, in order.
function rhythmSpans(rhythm: Rhythm, time: number): SilenceSpan[] {
  const { time_zone } = rhythm;
  const [from, to] = [minuteOfDay(rhythm.from), minuteOfDay(rhythm.to)];
  const today = Math.floor(wallClock(time, time_zone) / DAY_MS) * DAY_MS;
  return Array.from({ length: DAYS_BACK + 1 }, (_, back) => today - (DAYS_BACK - back) * DAY_MS)
    .filter((day) => rhythm.days.includes(WEEKDAYS[new Date(day).getUTCDay()]!))
    .map((day) => ({
      from: timeAt(day + from * MINUTE_MS, time_zone),
      to: timeAt(day + (to <= from ? DAY_MS : 0) + to * MINUTE_MS, time_zone),
    }));
}

function minuteOfDay(clock: string): number {
  const [hours, minutes] = clock.split(":");
  return Number(hours) * 60 + Number(minutes);
}
