import type { Channel } from "./channel.ts";

/**
 * rotateSecret returns a changed channel so that its receiver understands it all the time: where its secret became another one, the former one signs beside it, until a person takes it away.
 * `isNamed` where the person said what the previous secret is. O(1).
 */
export function rotateSecret(channel: Channel, former: Channel | undefined, isNamed: boolean): Channel {
  if (isNamed || channel.kind !== "webhook" || former?.kind !== "webhook") return channel;
  return channel.secret === former.secret ? channel : { ...channel, previous_secret: former.secret };
}
