import type { Channel } from "@leeway/core/channels";
import type { Store } from "../../create-store.ts";

/**
 * switchOffChannel switches a channel off because its receiver said that it is gone, and says whether it did. A channel that somebody changed since it was read stays as they
 * want it: the answer was to its former settings.
 */
export async function switchOffChannel(
  { channel: channels }: Pick<Store["records"], "channel">,
  project: string,
  { channel, reason, actor }: { channel: Channel; reason: string; actor: string },
): Promise<boolean> {
  const latest = await channels.latest(project, channel.id);
  if (latest === undefined || JSON.stringify(latest.body) !== JSON.stringify(channel)) return false;
  const off = { ...channel, enabled: false, disabled_reason: reason };
  return channels.replace(project, channel.id, latest, off, actor);
}
