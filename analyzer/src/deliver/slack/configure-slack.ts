import { toSlackBlocks, toSlackReply } from "@leeway/core/channels/slack";
import type { DeliveryShell } from "../delivery-shell.ts";
import { messageOf } from "../message-of.ts";
import type { Transport } from "../transport.ts";
import { createSlackTransport } from "./slack-transport.ts";

/** configureSlack returns the Slack transport as the analyzer's settings have it. */
export function configureSlack({ config }: DeliveryShell): Transport<"slack"> {
  return createSlackTransport({
    settings: {
      ...(config.SLACK_BOT_TOKEN === undefined ? {} : { token: config.SLACK_BOT_TOKEN }),
      ...(config.SLACK_API_URL === undefined ? {} : { apiUrl: config.SLACK_API_URL }),
    },
    render: (delivery) => {
      const { incident, context } = messageOf(delivery, config.LEEWAY_PUBLIC_URL);
      return toSlackBlocks(incident, context, { hasButtons: config.SLACK_SIGNING_SECRET !== undefined });
    },
    renderReply: (delivery) => {
      const { incident, context } = messageOf(delivery, config.LEEWAY_PUBLIC_URL);
      return toSlackReply(incident, context);
    },
  });
}
