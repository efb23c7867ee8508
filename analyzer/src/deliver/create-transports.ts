import {
  type MessageContext,
  toEmail,
  toRetrainPayload,
  toSlackBlocks,
  toSlackReply,
  toWebhookPayload,
} from "@leeway/core/messages";
import type { AnalyzerConfig } from "../config.ts";
import { createEmailTransport } from "./email/email-transport.ts";
import { incidentAt } from "./incident-at.ts";
import { createSlackTransport } from "./slack/slack-transport.ts";
import type { Delivery, Transports } from "./transport.ts";
import { createRetrainTransport, type RetrainingRecords } from "./webhook/retrain-transport.ts";
import { createWebhookTransport } from "./webhook/webhook-transport.ts";

/** createTransports returns the transport of every kind of channel; to add a kind, add it to `channelSchema` and the compiler leads here. */
export function createTransports(deps: {
  config: AnalyzerConfig;
  retrainings: RetrainingRecords;
  now: () => number;
}): Transports {
  const { config, now } = deps;
  const settings = { allowList: config.LEEWAY_ALLOW_PRIVATE_WEBHOOKS, now };
  const publicUrl = config.LEEWAY_PUBLIC_URL;
  const contextOf = ({ notification }: Delivery): MessageContext => ({
    publicUrl,
    transition: notification.transition,
  });
  const incidentOf = ({ incident, notification }: Delivery) => incidentAt(incident, notification.transition);
  const webhookPayload = (delivery: Delivery) =>
    toWebhookPayload(incidentOf(delivery), { ...contextOf(delivery), at: delivery.notification.created_at });
  return {
    slack: createSlackTransport({
      settings: {
        ...(config.SLACK_BOT_TOKEN === undefined ? {} : { token: config.SLACK_BOT_TOKEN }),
        ...(config.SLACK_API_URL === undefined ? {} : { apiUrl: config.SLACK_API_URL }),
      },
      render: (delivery) => toSlackBlocks(incidentOf(delivery), contextOf(delivery)),
      renderReply: (delivery) => toSlackReply(incidentOf(delivery), contextOf(delivery)),
    }),
    email: createEmailTransport({
      settings: {
        ...(config.SMTP_URL === undefined ? {} : { smtpUrl: config.SMTP_URL }),
        from: config.LEEWAY_MAIL_FROM,
      },
      render: (delivery) => toEmail(incidentOf(delivery), contextOf(delivery)),
    }),
    webhook: createWebhookTransport({ settings, render: webhookPayload }),
    retrain: createRetrainTransport({
      settings,
      retrainings: deps.retrainings,
      render: (delivery, retraining) =>
        toRetrainPayload(incidentOf(delivery), retraining, { publicUrl, apiUrl: config.LEEWAY_API_URL }),
      renderTest: webhookPayload,
    }),
  };
}
