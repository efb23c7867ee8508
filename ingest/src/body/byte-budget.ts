/** ByteBudget bounds the bytes of all requests that are being read or wait for durability; who does not get a share is asked to come back. */
export interface ByteBudget {
  readonly limit: number;
  readonly used: number;
  /** Takes `bytes` and returns true, or takes nothing and returns false. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

/** createByteBudget returns a budget of `limit` bytes; `alsoUsed` counts what is held elsewhere (rows on their way to the store). */
export function createByteBudget(limit: number, alsoUsed: () => number = () => 0): ByteBudget {
  let used = 0;
  return {
    limit,
    get used() {
      return used + alsoUsed();
    },
    take(bytes) {
      if (used + alsoUsed() + bytes > limit) return false;
      used += bytes;
      return true;
    },
    give(bytes) {
      used -= bytes;
    },
  };
}
