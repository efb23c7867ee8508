import { type Channel, channelViewSchema, showChannel } from "@leeway/core/channels";
import { channelHealthSchema } from "@leeway/core/delivery";
import type { ChannelStanding } from "@leeway/store";
import { z } from "zod";
import type { Principal } from "../../auth/principal.ts";

type Reader = Pick<Principal, "scopes">;

/** channelStandingSchema is a channel as it is shown, with how it does. */
export const channelStandingSchema = z.intersection(
  channelViewSchema,
  z.object({ health: channelHealthSchema }),
);

/** channelView returns what of a channel `reader` may see: only administrators see more of a receiver's address than its origin. */
export function channelView(channel: Channel, reader: Reader) {
  return showChannel(channel, reader.scopes.includes("admin"));
}

/** channelStandingView returns what of a channel `reader` may see, and how it does. */
export function channelStandingView({ channel, health }: ChannelStanding, reader: Reader) {
  return { ...channelView(channel, reader), health };
}
