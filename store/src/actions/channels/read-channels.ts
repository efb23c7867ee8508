import type { Channel } from "@leeway/core/channels";
import { type ChannelHealth, channelHealth } from "@leeway/core/delivery";
import type { Notification } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";

/** ChannelStanding is a channel and how it does. */
export interface ChannelStanding {
  channel: Channel;
  health: ChannelHealth;
}

/** readChannels returns every channel of a project with how it does, by name. API, pages and metrics all read it here. */
export async function readChannels(
  { records, deliveries }: Pick<Store, "records" | "deliveries">,
  project: string,
  now: number,
): Promise<ChannelStanding[]> {
  const [channels, notifications, tallies] = await Promise.all([
    records.channel.list(project),
    records.notification.list(project),
    deliveries.tallies(project, now),
  ]);
  const mayHold = channels.some(({ quiet_hours }) => quiet_hours !== undefined);
  const incidents = mayHold ? await records.incident.list(project) : [];
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  const byChannel = new Map<string, Notification[]>();
  for (const one of notifications) {
    const before = byChannel.get(one.channel_id);
    if (before === undefined) byChannel.set(one.channel_id, [one]);
    else before.push(one);
  }
  return channels
    .map((channel) => ({
      channel,
      health: channelHealth({
        ...{ channel, now, incidents: byId, tally: tallies.get(channel.id) },
        notifications: byChannel.get(channel.id) ?? [],
      }),
    }))
    .sort((a, b) => a.channel.name.localeCompare(b.channel.name));
}
