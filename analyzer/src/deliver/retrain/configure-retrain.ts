import { toRetrainPayload } from "@leeway/core/channels/retrain";
import type { DeliveryShell } from "../delivery-shell.ts";
import { messageOf } from "../message-of.ts";
import { incidentBody } from "../standard-webhooks/incident-body.ts";
import type { Transport } from "../transport.ts";
import { createRetrainTransport } from "./retrain-transport.ts";

/** configureRetrain returns the transport of training jobs as the analyzer's settings have it. */
export function configureRetrain({ config, retrainings, now }: DeliveryShell): Transport<"retrain"> {
  const publicUrl = config.LEEWAY_PUBLIC_URL;
  return createRetrainTransport({
    settings: { allowList: config.LEEWAY_ALLOW_PRIVATE_WEBHOOKS, now },
    retrainings,
    render: (delivery, retraining) =>
      toRetrainPayload(messageOf(delivery, publicUrl).incident, retraining, {
        publicUrl,
        apiUrl: config.LEEWAY_API_URL,
      }),
    renderTest: (delivery) => incidentBody(delivery, publicUrl),
  });
}
