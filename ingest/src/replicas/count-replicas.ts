import type { Redis } from "ioredis";

const CHANNEL = "leeway:ingest";

/**
 * createReplicaCount returns how many ingest replicas are connected to Redis now, or undefined while Redis does not say. Each listens to one
 * channel on a connection of its own, so that one that was killed counts no longer. `onJoin` is called when one begins to listen, this one among them.
 */
export function createReplicaCount(
  redis: Redis,
  { onJoin, onError }: { onJoin: () => void; onError: (error: Error) => void },
): { count: () => Promise<number | undefined>; close: () => void } {
  const listener = redis.duplicate({ maxRetriesPerRequest: null, enableOfflineQueue: true });
  listener.on("error", onError);
  const announce = () => {
    if (redis.status === "ready") redis.publish(CHANNEL, "joined").catch(onError);
  };
  redis.on("ready", announce);
  listener.on("message", onJoin);
  listener.subscribe(CHANNEL).then(announce, onError);
  return {
    async count() {
      if (listener.status !== "ready") return undefined;
      const [, listeners] = (await redis.pubsub("NUMSUB", CHANNEL).catch(() => [])) as [string?, number?];
      return listeners;
    },
    close: () => listener.disconnect(),
  };
}
