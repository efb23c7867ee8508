import type { DeliveryShell } from "../delivery-shell.ts";
import type { Transport } from "../transport.ts";
import { createRetrainTransport } from "./retrain-transport.ts";

/** configureRetrain returns the transport of training jobs as the analyzer's settings have it. */
export function configureRetrain({ config, retrainings, now }: DeliveryShell): Transport<"retrain"> {
  return createRetrainTransport({
    settings: {
      allowList: config.LEEWAY_ALLOW_PRIVATE_WEBHOOKS,
      now,
      publicUrl: config.LEEWAY_PUBLIC_URL,
      apiUrl: config.LEEWAY_API_URL,
    },
    retrainings,
  });
}
