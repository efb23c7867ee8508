import { WebAPIPlatformError, type WebClient } from "@slack/web-api";

/** Wanted is a message that may have been posted: by which notification, where, and not before when (epoch ms). */
export interface Wanted {
  notificationId: string;
  /** An id, or a name with or without "#". */
  channel: string;
  /** The message it would be a reply to. */
  threadTs?: string;
  notBefore: number;
}

/** Posted is what was found: the message, that there is none, or that the app may not look. */
export type Posted =
  | { outcome: "posted"; ts: string; channel: string }
  | { outcome: "not_posted" }
  | { outcome: "may_not_look"; error: string };

const PAGE = 200;
const MOST_PAGES = 10;
// The clocks of Slack and of this machine may differ.
const MARGIN_MS = 5 * 60_000;
const NO_ACCESS = new Set(["missing_scope", "not_in_channel", "channel_not_found", "not_allowed_token_type"]);

/**
 * findPosted returns the message that a notification has already posted, by the id in its metadata. Slack has no idempotency key: after a lost answer, or a crash before the answer was
 * recorded, this is the only way not to post twice. It needs the scopes to read the channel. O(messages since then).
 */
export async function findPosted(client: WebClient, wanted: Wanted): Promise<Posted> {
  try {
    const channel = await channelId(client, wanted.channel);
    if (channel === undefined) return { outcome: "not_posted" };
    for (let cursor: string | undefined, page = 0; page < MOST_PAGES; page++) {
      const { messages = [], response_metadata } = await readPage(client, channel, wanted, cursor);
      const posted = messages.find(({ metadata }) => notificationOf(metadata) === wanted.notificationId);
      if (posted?.ts !== undefined) return { outcome: "posted", ts: posted.ts, channel };
      cursor = response_metadata?.next_cursor;
      if (cursor === undefined || cursor === "") break;
    }
    return { outcome: "not_posted" };
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError) || !NO_ACCESS.has(error.data.error)) throw error;
    return { outcome: "may_not_look", error: error.data.error };
  }
}

function readPage(client: WebClient, channel: string, wanted: Wanted, cursor: string | undefined) {
  const options = {
    channel,
    oldest: String(Math.floor((wanted.notBefore - MARGIN_MS) / 1_000)),
    limit: PAGE,
    include_all_metadata: true,
    ...(cursor === undefined ? {} : { cursor }),
  };
  return wanted.threadTs === undefined
    ? client.conversations.history(options)
    : client.conversations.replies({ ...options, ts: wanted.threadTs });
}

// Slack reads a channel by its id only, but people know its name.
async function channelId(client: WebClient, channel: string): Promise<string | undefined> {
  if (/^[CDG][A-Z0-9]{2,}$/.test(channel)) return channel;
  const name = channel.replace(/^#/, "");
  for (let cursor: string | undefined, page = 0; page < MOST_PAGES; page++) {
    const { channels = [], response_metadata } = await client.conversations.list({
      ...{ types: "public_channel,private_channel", exclude_archived: true, limit: 1_000 },
      ...(cursor === undefined ? {} : { cursor }),
    });
    const found = channels.find((one) => one.name === name);
    if (found?.id !== undefined) return found.id;
    cursor = response_metadata?.next_cursor;
    if (cursor === undefined || cursor === "") return undefined;
  }
  return undefined;
}

function notificationOf(metadata: { event_payload?: object } | undefined): unknown {
  return (metadata?.event_payload as Record<string, unknown> | undefined)?.["notification_id"];
}
