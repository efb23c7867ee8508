/** Failures is how often something failed of late, and when it did last (epoch milliseconds). */
export interface Failures {
  count: number;
  last: number;
}

/** FailureCounts counts failures by key and forgets a key that has been quiet for long enough. */
export interface FailureCounts {
  get(key: string, now: number): Failures | undefined;
  add(key: string, now: number): void;
  /** Takes one failure back: the try turned out not to be one. */
  takeBack(key: string): void;
  clear(key: string): void;
}

/** createFailureCounts returns counts whose memory is bounded: beyond `maxKeys` the key that failed longest ago is forgotten first. */
export function createFailureCounts(options: { forgetAfterMs: number; maxKeys: number }): FailureCounts {
  const failures = new Map<string, Failures>();

  function get(key: string, now: number): Failures | undefined {
    const entry = failures.get(key);
    if (entry === undefined || now - entry.last <= options.forgetAfterMs) return entry;
    failures.delete(key);
    return undefined;
  }

  return {
    get,
    add(key, now) {
      const count = (get(key, now)?.count ?? 0) + 1;
      // Re-inserting moves the key to the end of the map's order, so that the first key is the oldest failure.
      failures.delete(key);
      failures.set(key, { count, last: now });
      if (failures.size <= options.maxKeys) return;
      const oldest = failures.keys().next();
      if (oldest.done !== true) failures.delete(oldest.value);
    },
    takeBack(key) {
      const entry = failures.get(key);
      if (entry === undefined) return;
      if (entry.count === 1) failures.delete(key);
      else failures.set(key, { ...entry, count: entry.count - 1 });
    },
    clear: (key) => void failures.delete(key),
  };
}
