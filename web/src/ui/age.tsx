import { formatAge, formatInstant } from "../view/format-time.ts";

/** Age shows how long ago a moment was when the page was made, and the moment itself on hover and to machines. */
export function Age({ time, now }: { time: number; now: number }) {
  return (
    <time dateTime={new Date(time).toISOString()} title={formatInstant(time)}>
      {formatAge(time, now)}
    </time>
  );
}
