import { randomBytes } from "node:crypto";
import { freePort } from "../services/free-port.ts";
import { startMailReceiver } from "./mail-receiver.ts";
import { startSlackDouble } from "./slack-double.ts";
import { startWebhookReceiver } from "./webhook-receiver.ts";

/** One thing Leeway told somebody, by whichever way it came. */
export interface Told {
  by: "slack" | "email" | "webhook";
  title: string;
  lines: string[];
}

/** The people and machines the demo has Leeway tell: all on this machine. */
export interface Receivers {
  /** Everything received so far, oldest first. */
  told: readonly Told[];
  /** Settings that make Leeway's services send to these receivers. */
  env: Record<string, string>;
  webhookUrl: string;
  webhookSecret: string;
  stop(): void;
}

/** startReceivers starts a double of Slack's Web API, an SMTP server and a webhook receiver, and hands what they get to `onTold`. */
export async function startReceivers(onTold: (told: Told) => void): Promise<Receivers> {
  const told: Told[] = [];
  const receive = (message: Told) => {
    told.push(message);
    onTold(message);
  };
  const webhookSecret = `whsec_${randomBytes(32).toString("base64")}`;
  const slackPort = await freePort();
  const slack = await startSlackDouble(slackPort, ({ text, lines }) =>
    receive({ by: "slack", title: text, lines }),
  );
  const mailPort = await freePort();
  const mail = await startMailReceiver(mailPort, ({ subject, to }) =>
    receive({ by: "email", title: subject, lines: [`to ${to}`] }),
  );
  const webhookPort = await freePort();
  const webhook = await startWebhookReceiver(webhookPort, webhookSecret, ({ type, id, data }) =>
    receive({ by: "webhook", title: `${type}: ${titleOf(data)}`, lines: [`signature verified, id ${id}`] }),
  );
  return {
    told,
    webhookUrl: `http://127.0.0.1:${webhookPort}/leeway`,
    webhookSecret,
    env: {
      SLACK_BOT_TOKEN: "xoxb-demo-double",
      SLACK_API_URL: `http://127.0.0.1:${slackPort}/api/`,
      SMTP_URL: `smtp://127.0.0.1:${mailPort}`,
      LEEWAY_ALLOW_PRIVATE_WEBHOOKS: "127.0.0.1/32",
    },
    stop() {
      slack.stop();
      mail.stop();
      webhook.stop();
    },
  };
}

function titleOf(data: Record<string, unknown>): string {
  const incident = data["incident"];
  if (typeof incident === "object" && incident !== null && "title" in incident) return String(incident.title);
  return String(data["title"] ?? "");
}
