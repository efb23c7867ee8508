import { toOpsgenie } from "@leeway/core/channels/opsgenie";
import { createRequestTransport, requestSettings } from "../create-request-transport.ts";
import type { DeliveryShell } from "../delivery-shell.ts";
import type { Transport } from "../transport.ts";

/** configureOpsgenie returns the transport of Opsgenie as the analyzer's settings have it. */
export function configureOpsgenie(shell: DeliveryShell): Transport<"opsgenie"> {
  return createRequestTransport("opsgenie", requestSettings(shell), toOpsgenie);
}
