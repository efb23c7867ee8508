import type { Channel } from "./channel.ts";
import type { Occasion } from "./channel-definition.ts";
import { CHANNEL_KINDS, type ChannelKind, type ChannelOf, rulesOf } from "./channel-kinds.ts";

/** concernsChannel decides whether a channel is to be notified on an occasion; people always are, jobs only of what they are for. */
export function concernsChannel(channel: Channel, occasion: Occasion): boolean {
  return concerns(channel.kind, channel, occasion);
}

/** remindsChannel decides whether a channel is reminded of an incident that goes on. */
export function remindsChannel(channel: Channel): boolean {
  return CHANNEL_KINDS[channel.kind].audience === "people";
}

function concerns<Kind extends ChannelKind>(
  kind: Kind,
  channel: ChannelOf<Kind>,
  occasion: Occasion,
): boolean {
  return rulesOf(kind).concerns(channel, occasion);
}
