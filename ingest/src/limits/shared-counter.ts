/** SharedCounter counts over all replicas. It may be away or emptied at any time; then it answers undefined or starts again from nothing. */
export interface SharedCounter {
  /** Adds to a counter that lives for `ttlSeconds` and returns its new value. */
  add(key: string, amount: number, ttlSeconds: number): Promise<number | undefined>;
}

/** The two commands of a Redis client that a counter needs. */
export interface CounterCommands {
  incrby(key: string, amount: number): Promise<number>;
  expire(key: string, seconds: number): Promise<number>;
}

/** createRedisCounter returns a counter that gives Redis `patienceMs` and then goes on without it. */
export function createRedisCounter(redis: CounterCommands, patienceMs = 50): SharedCounter {
  return {
    async add(key, amount, ttlSeconds) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), patienceMs);
      });
      const counted = redis.incrby(key, amount).then(async (total) => {
        if (total === amount) await redis.expire(key, ttlSeconds);
        return total;
      });
      const answer = await Promise.race([counted.catch(() => undefined), late]);
      clearTimeout(timer);
      return answer;
    },
  };
}
