import { type Channel, type ChannelInput, channelOf } from "@leeway/core/channels";
import type { Store } from "../../create-store.ts";

/** createChannel stores a new channel and returns it, with the secret that was made for it where it got one: it is shown this once. */
export async function createChannel(
  { records }: Pick<Store, "records">,
  project: string,
  wish: { input: ChannelInput; id: string; actor: string; now: number; newSecret: string },
): Promise<{ channel: Channel; madeSecret: string | undefined }> {
  const { id, input, newSecret } = wish;
  const channel = channelOf(input, { id, createdAt: wish.now, newSecret });
  await records.channel.put(project, id, channel, wish.actor);
  const isMade = "secret" in channel && channel.secret === newSecret;
  return { channel, madeSecret: isMade ? newSecret : undefined };
}
