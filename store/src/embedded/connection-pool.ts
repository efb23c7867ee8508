import { EngineError } from "./engine-error.ts";

/** ConnectionPool lends each of its members to one caller at a time, first come first served. */
export interface ConnectionPool<T> {
  /** acquire resolves with a free member; it rejects when too many wait already, or when `signal` ends the wait. */
  acquire(signal: AbortSignal): Promise<T>;
  release(member: T): void;
  readonly members: readonly T[];
}

/** createConnectionPool returns a pool over `members` in which at most `maximumWaiting` callers wait. */
export function createConnectionPool<T>(members: readonly T[], maximumWaiting: number): ConnectionPool<T> {
  const free = [...members];
  const waiting = new Set<(member: T) => void>();
  return {
    members,
    acquire(signal) {
      const member = free.pop();
      if (member !== undefined) return Promise.resolve(member);
      if (waiting.size >= maximumWaiting) {
        return Promise.reject(
          new EngineError(202, "TOO_MANY_SIMULTANEOUS_QUERIES", "Too many simultaneous queries"),
        );
      }
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          waiting.delete(take);
          reject(new EngineError(394, "QUERY_WAS_CANCELLED", "The client went away before its query began"));
        };
        const take = (lent: T) => {
          signal.removeEventListener("abort", onAbort);
          resolve(lent);
        };
        waiting.add(take);
        signal.addEventListener("abort", onAbort, { once: true });
      });
    },
    release(member) {
      const [next] = waiting;
      if (next === undefined) {
        free.push(member);
        return;
      }
      waiting.delete(next);
      next(member);
    },
  };
}
