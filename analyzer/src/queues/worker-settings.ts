import type { RedisOptions } from "bullmq";

/** redisConnection returns the connection options of a queue or worker: it waits for a Redis that is away instead of failing its callers. */
export function redisConnection(url: string): RedisOptions {
  return { url, maxRetriesPerRequest: null };
}

/**
 * WORKER_SETTINGS decide how soon another worker takes over from one that was killed: its lock ends after 15 s and is looked for every 5 s.
 * A job may stall often before it is given up, because a restart is not the job's fault; the outcome of a pass is the same however often it runs.
 */
export const WORKER_SETTINGS = {
  lockDuration: 15_000,
  stalledInterval: 5_000,
  maxStalledCount: 100,
  drainDelay: 1,
  // For jobs of others, who may still want to read the answer; our own leave at once, since a kept job would block its id.
  removeOnComplete: { age: 3_600, count: 1_000 },
  removeOnFail: { age: 3_600, count: 1_000 },
} as const;

/** REMOVE_WHEN_DONE are the options of the analyzer's own jobs. */
export const REMOVE_WHEN_DONE = { removeOnComplete: true, removeOnFail: true } as const;
