const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** RETRY_DELAYS_MS are the pauses after each failed attempt: together about a day, which outlasts greylisting and most outages. */
export const RETRY_DELAYS_MS: readonly number[] = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  10 * HOUR,
];

/** LONGEST_TRIED_MS is how long after it was queued a delivery is given up at its next failure. */
export const LONGEST_TRIED_MS = 26 * HOUR;

// A receiver that asks for more than this is asked again all the same: it is likelier to be mistaken than patient.
const LONGEST_RETRY_AFTER_MS = 12 * HOUR;

/** RetryDelay says when to try again, or that enough has been tried. */
export type RetryDelay = { outcome: "wait"; delayMs: number } | { outcome: "exhausted" };

/**
 * retryDelay returns the pause after `attempts` failed attempts (1 or more): the schedule's, up to a fifth longer at random so that
 * receivers are not hit in step, and never shorter than the receiver's own Retry-After. `random` is in [0, 1).
 */
export function retryDelay(
  attempts: number,
  retryAfterMs: number | undefined,
  random: number,
  delaysMs: readonly number[] = RETRY_DELAYS_MS,
): RetryDelay {
  const scheduled = delaysMs[attempts - 1];
  if (scheduled === undefined) return { outcome: "exhausted" };
  const asked = Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
  return { outcome: "wait", delayMs: Math.round(Math.max(scheduled * (1 + random / 5), asked)) };
}
