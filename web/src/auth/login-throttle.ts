/** ThrottleDecision says whether a login may be tried now, and if not, how long to wait. */
export type ThrottleDecision = { outcome: "allowed" } | { outcome: "wait"; retryAfterSeconds: number };

/** LoginThrottle counts failed logins per account: free tries first, then a delay that doubles. It delays and never locks for good. */
export interface LoginThrottle {
  check(account: string, now: number): ThrottleDecision;
  recordFailure(account: string, now: number): void;
  recordSuccess(account: string): void;
}

interface Failures {
  count: number;
  last: number;
}

const FREE_FAILURES = 5;
const FORGET_AFTER_MS = 5 * 60_000;
const LONGEST_DELAY_MS = 60_000;

/**
 * createLoginThrottle returns a throttle for this process. After five failures within five minutes every further one doubles the wait from
 * 2 s to at most 60 s. `maxAccounts` bounds its memory: the account that failed longest ago is forgotten first.
 */
export function createLoginThrottle(maxAccounts = 10_000): LoginThrottle {
  const failures = new Map<string, Failures>();

  function current(account: string, now: number): Failures | undefined {
    const entry = failures.get(account);
    if (entry !== undefined && now - entry.last > FORGET_AFTER_MS) {
      failures.delete(account);
      return undefined;
    }
    return entry;
  }

  return {
    check(account, now) {
      const entry = current(account, now);
      if (entry === undefined || entry.count < FREE_FAILURES) return { outcome: "allowed" };
      const delayMs = Math.min(LONGEST_DELAY_MS, 2_000 * 2 ** (entry.count - FREE_FAILURES));
      const waitMs = entry.last + delayMs - now;
      return waitMs <= 0
        ? { outcome: "allowed" }
        : { outcome: "wait", retryAfterSeconds: Math.ceil(waitMs / 1_000) };
    },
    recordFailure(account, now) {
      const count = (current(account, now)?.count ?? 0) + 1;
      // Re-inserting moves the account to the end of the map's order, so that the first key is the oldest failure.
      failures.delete(account);
      failures.set(account, { count, last: now });
      if (failures.size > maxAccounts) {
        const oldest = failures.keys().next();
        if (oldest.done !== true) failures.delete(oldest.value);
      }
    },
    recordSuccess(account) {
      failures.delete(account);
    },
  };
}
