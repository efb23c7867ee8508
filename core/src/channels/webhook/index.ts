export { toWebhookPayload } from "./to-webhook-payload.ts";
