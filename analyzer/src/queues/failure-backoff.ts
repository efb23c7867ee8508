/** FailureBackoff counts failures in a row and says how long to leave what failed alone. */
export interface FailureBackoff {
  failed(key: string): number;
  succeeded(key: string): void;
  /** Whether `key` is to be left alone now. */
  isResting(key: string): boolean;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;

/** createFailureBackoff returns a count in memory: pauses double from one second to five minutes, so that one model's trouble doesn't take the others' time. */
export function createFailureBackoff(now: () => number): FailureBackoff {
  const failures = new Map<string, { count: number; until: number }>();
  return {
    failed(key) {
      const count = (failures.get(key)?.count ?? 0) + 1;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (count - 1));
      failures.set(key, { count, until: now() + pause });
      return count;
    },
    succeeded: (key) => void failures.delete(key),
    isResting: (key) => (failures.get(key)?.until ?? 0) > now(),
  };
}
