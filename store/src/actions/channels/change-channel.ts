import {
  CHANNEL_FIELDS,
  type Channel,
  channelInputSchema,
  channelOf,
  rotateSecret,
} from "@leeway/core/channels";
import { LeewayError } from "@leeway/core/errors";
import { putInput } from "@leeway/core/input";
import type { Store } from "../../create-store.ts";

/** ChannelChange is what is to be another one about a channel; fields that are not named stay. */
export interface ChannelChange {
  id: string;
  body: Readonly<Record<string, unknown>>;
  actor: string;
  now: number;
  newSecret: string;
}

const ATTEMPTS = 3;

/**
 * changeChannel creates or changes a channel and returns it. What somebody else changes at the same time stays: the change is made anew on what they wrote. It throws
 * `conflict` where that happens again and again, and `invalid_request` where the channel would be none.
 */
export async function changeChannel(
  { records }: Pick<Store, "records">,
  project: string,
  change: ChannelChange,
): Promise<Channel> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const former = await records.channel.latest(project, change.id);
    const channel = changedChannel(former?.body, change);
    if (await records.channel.replace(project, change.id, former, channel, change.actor)) return channel;
  }
  throw new LeewayError("conflict", `channel ${change.id} is being changed by others: read it again`);
}

function changedChannel(former: Channel | undefined, { id, body, now, newSecret }: ChannelChange): Channel {
  // A channel that becomes one of another kind has nothing to keep but its name.
  const isOther = body["kind"] !== undefined && body["kind"] !== former?.kind;
  const kept = isOther && former !== undefined ? { name: former.name, enabled: former.enabled } : former;
  const input = putInput(channelInputSchema, Object.keys(CHANNEL_FIELDS), kept, body);
  const changed = channelOf(input, { id, createdAt: former?.created_at ?? now, newSecret });
  return rotateSecret(changed, former, body["previous_secret"] !== undefined);
}
