import type { DeliveryShell } from "../delivery-shell.ts";
import { incidentBody } from "../standard-webhooks/incident-body.ts";
import type { Transport } from "../transport.ts";
import { createWebhookTransport } from "./webhook-transport.ts";

/** configureWebhook returns the webhook transport as the analyzer's settings have it. */
export function configureWebhook({ config, now }: DeliveryShell): Transport<"webhook"> {
  return createWebhookTransport({
    settings: { allowList: config.LEEWAY_ALLOW_PRIVATE_WEBHOOKS, now },
    render: (delivery) => incidentBody(delivery, config.LEEWAY_PUBLIC_URL),
  });
}
