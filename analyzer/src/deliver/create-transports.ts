import type { DeliveryShell } from "./delivery-shell.ts";
import { configureEmail } from "./email/configure-email.ts";
import { configureRetrain } from "./retrain/configure-retrain.ts";
import { configureSlack } from "./slack/configure-slack.ts";
import type { Transports } from "./transport.ts";
import { configureWebhook } from "./webhook/configure-webhook.ts";

/** createTransports returns the transport of every kind of channel: the registry of transports. */
export function createTransports(shell: DeliveryShell): Transports {
  return {
    slack: configureSlack(shell),
    email: configureEmail(shell),
    webhook: configureWebhook(shell),
    retrain: configureRetrain(shell),
  };
}
