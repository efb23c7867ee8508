import type { ChannelOf } from "@leeway/core/channels";
import type { SlackBlock } from "@leeway/core/channels/slack";
import { LogLevel, WebClient } from "@slack/web-api";
import { decideRetry } from "../retry/decide-retry.ts";
import type { DeliveryResult } from "../retry/delivery-result.ts";
import type { Delivery, Transport } from "../transport.ts";
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
    async send(delivery) {
      if (client === undefined) return decideRetry({ kind: "setting", name: "SLACK_BOT_TOKEN" });
      try {
        const head = delivery.head?.receipt;
        return head?.["ts"] === undefined || head["channel"] === undefined
          ? await postHead(client, delivery, deps.render(delivery))
          : await postReply(client, delivery, { ts: head["ts"], channel: head["channel"] }, deps);
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
  const posted = await client.chat.postMessage({
    channel: delivery.channel.slack_channel,
    ...content,
    unfurl_links: false,
    metadata: metadataOf(delivery),
  });
  return {
    outcome: "sent",
    receipt: { ts: posted.ts ?? "", channel: posted.channel ?? delivery.channel.slack_channel },
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
  // The update can be repeated without harm, the reply can't: so the reply comes last, and a retry never doubles it.
  await client.chat.update({ channel: head.channel, ts: head.ts, ...render.render(delivery) });
  const reply = await client.chat.postMessage({
    channel: head.channel,
    thread_ts: head.ts,
    ...render.renderReply(delivery),
    unfurl_links: false,
    metadata: metadataOf(delivery),
  });
  return { outcome: "sent", receipt: { ts: reply.ts ?? "", channel: head.channel, thread_ts: head.ts } };
}

// Slack has no idempotency key; the id in the metadata lets a reader of the channel recognise a repeated message.
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
