import { toAlertmanager } from "@leeway/core/channels/alertmanager";
import { createRequestTransport, requestSettings } from "../create-request-transport.ts";
import type { DeliveryShell } from "../delivery-shell.ts";
import type { Transport } from "../transport.ts";

/** configureAlertmanager returns the transport of Alertmanager as the analyzer's settings have it. */
export function configureAlertmanager(shell: DeliveryShell): Transport<"alertmanager"> {
  return createRequestTransport("alertmanager", requestSettings(shell), toAlertmanager);
}
