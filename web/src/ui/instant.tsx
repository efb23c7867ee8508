import { formatDate, formatInstant } from "../view/format-time.ts";

/** Instant shows a moment absolutely, in UTC, to the day or (`precise`) to the minute. */
export function Instant({ time, now, precise = false }: { time: number; now: number; precise?: boolean }) {
  return (
    <time dateTime={new Date(time).toISOString()} title={formatInstant(time)}>
      {precise ? formatInstant(time) : formatDate(time, now)}
    </time>
  );
}
