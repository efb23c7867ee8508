const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * ageWords returns how long ago something was, roughly, in the largest unit of which there are two. O(1).
 *
 * @example ageWords(3_725_000); // "62 minutes ago"
 */
export function ageWords(milliseconds: number): string {
  const [unit, size] =
    milliseconds >= 2 * DAY_MS
      ? (["days", DAY_MS] as const)
      : milliseconds >= 2 * HOUR_MS
        ? (["hours", HOUR_MS] as const)
        : milliseconds >= 2 * MINUTE_MS
          ? (["minutes", MINUTE_MS] as const)
          : (["seconds", 1_000] as const);
  const count = Math.floor(Math.max(0, milliseconds) / size);
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit} ago`;
}
