const DAY_MS = 86_400_000;

/** isTimeZone says whether `name` is a time zone that this runtime knows, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** wallClock returns the wall clock of a zone at `time` as epoch ms that read the same in UTC: its days and hours are the zone's. */
export function wallClock(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  }).formatToParts(time);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(
    ...([
      part("year"),
      part("month") - 1,
      part("day"),
      part("hour"),
      part("minute"),
      part("second"),
    ] as const),
  );
}

/**
 * timeAt returns the moment at which the wall clock of a zone shows `wall` (as `wallClock` gives it). A time that the change to summer time leaves out is
 * read with the offset from before the change, one that comes twice is the first.
 */
export function timeAt(wall: number, timeZone: string): number {
  const before = wallClock(wall - DAY_MS, timeZone) - (wall - DAY_MS);
  const after = wallClock(wall + DAY_MS, timeZone) - (wall + DAY_MS);
  const first = wall - Math.max(before, after);
  return [first, wall - before].find((time) => wallClock(time, timeZone) === wall) ?? wall - before;
}
