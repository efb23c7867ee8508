import type { Redis } from "ioredis";

/** ModelLease lets one pass at a time work on a model, over all analyzers. */
export interface ModelLease {
  /** Runs `work` while it holds the model, or returns `busy` at once where another pass holds it. */
  hold<T>(key: string, work: () => Promise<T>): Promise<{ outcome: "held"; value: T } | { outcome: "busy" }>;
}

const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
// A lease is only ever prolonged or ended by the pass that took it.
const RENEW = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("pexpire", KEYS[1], ARGV[2]) else return 0 end`;
const RELEASE = `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) else return 0 end`;

/**
 * createModelLease returns leases kept in Redis. They end by themselves 15 s after their holder was killed. An emptied Redis ends them early;
 * two passes over one model then write the same verdicts, so this costs work and no truth.
 */
export function createModelLease(
  redis: Redis,
  newToken: () => string,
  log: (message: string) => void,
): ModelLease {
  return {
    async hold(key, work) {
      const name = `leeway-lease-${key}`;
      const token = newToken();
      if ((await redis.set(name, token, "PX", LEASE_MS, "NX")) === null) return { outcome: "busy" };
      const renewal = setInterval(() => {
        redis
          .eval(RENEW, 1, name, token, LEASE_MS)
          .catch((error: unknown) => log(`lease ${key} could not be renewed: ${String(error)}`));
      }, RENEW_MS);
      try {
        return { outcome: "held", value: await work() };
      } finally {
        clearInterval(renewal);
        await redis.eval(RELEASE, 1, name, token);
      }
    },
  };
}
