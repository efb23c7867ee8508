export { type Distribution, drawBars } from "./draw-bars.ts";
export { escapeHtml, escapeSlack, oneLine, truncate } from "./escape-text.ts";
export {
  type IncidentMessage,
  incidentLink,
  incidentMessage,
  type MessageContext,
  type MessageFeature,
} from "./incident-message.ts";
export { type EmailMessage, toEmail } from "./to-email.ts";
export { type SlackBlock, type SlackMessage, toSlackBlocks, toSlackReply } from "./to-slack-blocks.ts";
export { toRetrainPayload, toWebhookPayload, type WebhookPayload } from "./to-webhook-payload.ts";
