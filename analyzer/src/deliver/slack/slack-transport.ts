import type { ChannelOf } from "@leeway/core/channels";
import type { SlackBlock } from "@leeway/core/channels/slack";
import { LogLevel, WebClient } from "@slack/web-api";
import { decideRetry } from "../retry/decide-retry.ts";
import type { DeliveryResult, Receipt } from "../retry/delivery-result.ts";
import type { Delivery, Transport } from "../transport.ts";
import { findPosted, type Wanted } from "./find-posted.ts";
import { slackSymptom } from "./slack-symptom.ts";

/** SlackContent is a rendered message: blocks, and the plain text that notifications and screen readers use. */
export interface SlackContent {
  text: string;
  blocks: SlackBlock[];
}

/** SlackSettings are what the operator has set; without a token every delivery is refused with that reason. */
export interface SlackSettings {
  token?: string;
  apiUrl?: string;
  timeoutMs?: number;
}

// Slack takes about one message a second for a channel.
const PACE_MS = 1_000;

/**
 * createSlackTransport returns the transport that posts through Slack's Web API: the first message of an incident opens a thread, later
 * transitions bring that message up to date and reply in its thread.
 */
export function createSlackTransport(deps: {
  settings: SlackSettings;
  render: (delivery: Delivery<ChannelOf<"slack">>) => SlackContent;
  renderReply: (delivery: Delivery<ChannelOf<"slack">>) => SlackContent;
}): Transport<"slack"> {
  const client = slackClient(deps.settings);
  return {
    kind: "slack",
    paceMs: PACE_MS,
    canLook: true,
    async send(delivery) {
      if (client === undefined) return decideRetry({ kind: "setting", name: "SLACK_BOT_TOKEN" });
      try {
        const { ts, channel } = delivery.head?.receipt ?? {};
        return ts === undefined || channel === undefined
          ? await postHead(client, delivery, deps.render(delivery))
          : await postReply(client, delivery, { ts, channel }, deps);
      } catch (error) {
        const symptom = slackSymptom(error);
        if (symptom === undefined) throw error;
        return decideRetry(symptom);
      }
    },
  };
}

async function postHead(
  client: WebClient,
  delivery: Delivery<ChannelOf<"slack">>,
  content: SlackContent,
): Promise<DeliveryResult> {
  const { slack_channel: channel } = delivery.channel;
  const known = await postedBefore(client, delivery, { channel });
  if (known !== undefined) return { outcome: "sent", receipt: known };
  delivery.noteRequest({ to: `chat.postMessage to ${channel}`, body: content });
  const posted = await client.chat.postMessage({
    channel,
    ...content,
    ...AS_IT_IS,
    metadata: metadataOf(delivery),
  });
  return {
    outcome: "sent",
    receipt: { ts: posted.ts ?? "", channel: posted.channel ?? channel },
  };
}

async function postReply(
  client: WebClient,
  delivery: Delivery<ChannelOf<"slack">>,
  head: { ts: string; channel: string },
  render: {
    render: (delivery: Delivery<ChannelOf<"slack">>) => SlackContent;
    renderReply: (delivery: Delivery<ChannelOf<"slack">>) => SlackContent;
  },
): Promise<DeliveryResult> {
  // The update can be repeated without harm, the reply can't: so the reply comes last, and is looked for before it is sent again.
  const whole = render.render(delivery);
  delivery.noteRequest({ to: `chat.update in ${head.channel}`, body: whole });
  await client.chat.update({ channel: head.channel, ts: head.ts, ...whole });
  const known = await postedBefore(client, delivery, { channel: head.channel, threadTs: head.ts });
  if (known !== undefined) return { outcome: "sent", receipt: { ...known, thread_ts: head.ts } };
  const content = render.renderReply(delivery);
  delivery.noteRequest({ to: `chat.postMessage to ${head.channel}, in its thread`, body: content });
  const reply = await client.chat.postMessage({
    channel: head.channel,
    thread_ts: head.ts,
    ...content,
    ...AS_IT_IS,
    metadata: metadataOf(delivery),
  });
  return { outcome: "sent", receipt: { ts: reply.ts ?? "", channel: head.channel, thread_ts: head.ts } };
}

// Nothing in a message is to become a link, a mention or a preview.
const AS_IT_IS = { parse: "none", link_names: false, unfurl_links: false, unfurl_media: false } as const;

// An app that may not read its channel posts again: twice is better than never.
async function postedBefore(
  client: WebClient,
  delivery: Delivery,
  where: Pick<Wanted, "channel" | "threadTs">,
): Promise<Receipt | undefined> {
  if (!delivery.mayHaveArrived) return undefined;
  const { id, created_at } = delivery.notification;
  const posted = await findPosted(client, { ...where, notificationId: id, notBefore: created_at });
  return posted.outcome === "posted" ? { ts: posted.ts, channel: posted.channel } : undefined;
}

// Slack has no idempotency key; the id in the metadata lets us find a message whose answer was lost.
function metadataOf(delivery: Delivery) {
  return {
    event_type: "leeway_incident",
    event_payload: { notification_id: delivery.notification.id, incident_id: delivery.incident.id },
  };
}

function slackClient(settings: SlackSettings): WebClient | undefined {
  if (settings.token === undefined) return undefined;
  return new WebClient(settings.token, {
    ...(settings.apiUrl === undefined ? {} : { slackApiUrl: settings.apiUrl }),
    // Retries are ours: one table and one schedule over every receiver, and they survive this process.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: settings.timeoutMs ?? 15_000,
    logLevel: LogLevel.ERROR,
  });
}
