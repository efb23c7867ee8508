const BASE_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;
/** Beyond this a Retry-After is taken for a mistake: the SDK asks again instead of going silent for a day. */
const LONGEST_RETRY_AFTER_MS = 300_000;

/**
 * parseRetryAfter returns the milliseconds a `Retry-After` header asks to wait (whole seconds or an HTTP date, RFC 9110
 * §10.2.3), or null when it is absent or unreadable. Never negative.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Date.parse takes bare numbers and fragments for years; only a date with a named month is an HTTP date.
  if (!/[A-Za-z]{3}/.test(text)) return null;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/**
 * retryDelayMs decides how long to wait before the next attempt: full jitter (uniform between 0 and a bound that doubles
 * from 250 ms to 30 s), and never less than what the server asked for, up to five minutes.
 *
 * @param failures consecutive failures so far, at least 1
 */
export function retryDelayMs(failures: number, retryAfterMs: number | null, random: () => number): number {
  const bound = Math.min(LONGEST_DELAY_MS, BASE_DELAY_MS * 2 ** Math.min(failures - 1, 16));
  const jitter = random() * bound;
  return retryAfterMs === null ? jitter : Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) + jitter;
}
