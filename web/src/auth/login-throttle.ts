import { createFailureCounts } from "./failure-counts.ts";

/** LoginTry is one try to sign in. A known device has signed in to this very account before. */
export interface LoginTry {
  account: string;
  network: string;
  device: string | undefined;
}

/** ThrottleDecision says whether a login may be tried now, and if not, how long to wait. */
export type ThrottleDecision = { outcome: "allowed" } | { outcome: "wait"; retryAfterSeconds: number };

/**
 * LoginThrottle slows down guessing. Failures are counted for an account *and* where the try comes from, so that nobody's guesses make
 * anybody else wait. A refused try is not counted: it prolongs no wait.
 */
export interface LoginThrottle {
  check(login: LoginTry, now: number): ThrottleDecision;
  /** Counts a try as failed before it is checked, so that tries at the same moment can't slip past each other. */
  begin(login: LoginTry, now: number): void;
  /** The password was right. */
  succeed(login: LoginTry): void;
  /** The password could not be checked. */
  abandon(login: LoginTry): void;
  /** The earliest moment at which the next try from this network may be checked. */
  nextCheckAt(network: string, now: number): number;
}

const FREE_FAILURES = 5;
const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 60_000;
const FORGET_AFTER_MS = 5 * 60_000;
// Who tries many accounts is not refused, which would also refuse whoever shares the network, but checked one after the other.
const FREE_FAILURES_OF_NETWORK = 30;
const PACE_OF_NETWORK_MS = 500;

/**
 * createLoginThrottle returns a throttle for this process. Five failures within five minutes are free; every further one doubles the wait from
 * 2 s to at most 60 s. After 30 failures of a network its tries are checked twice a second at most. `maxKeys` bounds the memory.
 */
export function createLoginThrottle(maxKeys = 10_000): LoginThrottle {
  const options = { forgetAfterMs: FORGET_AFTER_MS, maxKeys };
  const bySource = createFailureCounts(options);
  const byNetwork = createFailureCounts(options);

  return {
    check(login, now) {
      const failures = bySource.get(sourceOf(login), now);
      if (failures === undefined || failures.count < FREE_FAILURES) return { outcome: "allowed" };
      const delayMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures.count - FREE_FAILURES));
      const waitMs = failures.last + delayMs - now;
      if (waitMs <= 0) return { outcome: "allowed" };
      return { outcome: "wait", retryAfterSeconds: Math.ceil(waitMs / 1_000) };
    },
    begin(login, now) {
      bySource.add(sourceOf(login), now);
      if (login.device === undefined) byNetwork.add(login.network, now);
    },
    succeed(login) {
      bySource.clear(sourceOf(login));
      // Only this try is taken back: who owns one account must not be able to wipe out guesses at others.
      if (login.device === undefined) byNetwork.takeBack(login.network);
    },
    abandon(login) {
      bySource.takeBack(sourceOf(login));
      if (login.device === undefined) byNetwork.takeBack(login.network);
    },
    nextCheckAt(network, now) {
      const failures = byNetwork.get(network, now);
      if (failures === undefined || failures.count < FREE_FAILURES_OF_NETWORK) return now;
      return failures.last + PACE_OF_NETWORK_MS;
    },
  };
}

/** A known device is counted by itself, whatever network it is in. */
function sourceOf({ account, network, device }: LoginTry): string {
  return device === undefined ? `${account} network ${network}` : `${account} device ${device}`;
}
