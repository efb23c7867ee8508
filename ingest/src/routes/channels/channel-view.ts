import { type Channel, showChannel } from "@leeway/core/channels";
import type { Principal } from "../../auth/principal.ts";

/** channelView returns what of a channel `reader` may see: only administrators see more of a receiver's address than its origin. */
export function channelView(channel: Channel, reader: Pick<Principal, "scopes">) {
  return showChannel(channel, reader.scopes.includes("admin"));
}
