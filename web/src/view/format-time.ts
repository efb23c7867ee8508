const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const DATE_YEAR = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

/** formatDate returns the UTC day of a time (`12 May`, with the year where it is not the year of `now`). */
export function formatDate(time: number, now: number): string {
  const isThisYear = new Date(time).getUTCFullYear() === new Date(now).getUTCFullYear();
  return (isThisYear ? DATE : DATE_YEAR).format(time);
}

/** formatInstant returns a time to the minute in UTC (`12 May 2026, 14:05 UTC`): what a title, an export or a tooltip shows. */
export function formatInstant(time: number): string {
  return `${DATE_YEAR.format(time)}, ${CLOCK.format(time)} UTC`;
}

/** formatClock returns the time of day to the minute in UTC (`14:05 UTC`). */
export function formatClock(time: number): string {
  return `${CLOCK.format(time)} UTC`;
}

/** middleOf returns the middle of what a range shows of a window: where a chart of the range has its point. */
export function middleOf(
  window: { start: number; end: number },
  range: { from: number; to: number },
): number {
  return (Math.max(window.start, range.from) + Math.min(window.end, range.to)) / 2;
}

/** formatWindow returns a half-open window in the coarsest form that is exact (`12 May`, `12 – 18 May`, `12 May, 14:00 – 15:00`). */
export function formatWindow(start: number, end: number, now: number): string {
  const isWholeDays = start % DAY === 0 && end % DAY === 0;
  if (isWholeDays) {
    const last = end - DAY;
    return last <= start ? formatDate(start, now) : `${formatDate(start, now)} – ${formatDate(last, now)}`;
  }
  if (end - start <= DAY) return `${formatDate(start, now)}, ${CLOCK.format(start)} – ${CLOCK.format(end)}`;
  return `${formatDate(start, now)}, ${CLOCK.format(start)} – ${formatDate(end, now)}, ${CLOCK.format(end)}`;
}

/** formatTick returns the label of an axis tick for a range of `spanMs`: hours within two days, days otherwise. */
export function formatTick(time: number, spanMs: number, now: number): string {
  return spanMs <= 2 * DAY ? CLOCK.format(time) : formatDate(time, now);
}

/** formatAge returns how long ago `time` was, as a person says it (`just now`, `4 min ago`, `3 h ago`, `12 days ago`). */
export function formatAge(time: number, now: number): string {
  const age = now - time;
  if (age < 0) return age > -MINUTE ? "just now" : `in ${formatSpan(-age)}`;
  if (age < 10_000) return "just now";
  return `${formatSpan(age)} ago`;
}

/** formatSpan returns a length of time in one unit, rounded down (`45 s`, `4 min`, `3 h`, `12 days`). */
export function formatSpan(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < MINUTE) return `${Math.floor(span / 1_000)} s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`;
  if (span < 2 * DAY) return `${Math.floor(span / HOUR)} h`;
  return `${Math.floor(span / DAY)} days`;
}
