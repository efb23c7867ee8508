import type { z } from "zod";
import type { Channel } from "./channel.ts";
import { type ChannelKind, type ChannelOf, rulesOf } from "./channel-kinds.ts";
import { unionOfKinds } from "./union-of-kinds.ts";

/** channelViewSchema is a channel as the API shows it: everything but its secret, of which it only says that there is one. */
export const channelViewSchema = unionOfKinds("viewSchema");

export type ChannelView = z.infer<typeof channelViewSchema>;

/** showChannel returns what may be seen of a channel; `isWhole` where the reader may see all but secrets. O(fields). */
export function showChannel(channel: Channel, isWhole: boolean): ChannelView {
  return channelViewSchema.parse(shown(channel.kind, channel, isWhole));
}

function shown<Kind extends ChannelKind>(kind: Kind, channel: ChannelOf<Kind>, isWhole: boolean): object {
  return rulesOf(kind).show(channel, isWhole);
}
