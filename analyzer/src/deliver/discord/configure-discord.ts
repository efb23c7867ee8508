import { toDiscord } from "@leeway/core/channels/discord";
import { createRequestTransport, requestSettings } from "../create-request-transport.ts";
import type { DeliveryShell } from "../delivery-shell.ts";
import type { Transport } from "../transport.ts";

/** configureDiscord returns the transport of Discord as the analyzer's settings have it. */
export function configureDiscord(shell: DeliveryShell): Transport<"discord"> {
  return createRequestTransport("discord", requestSettings(shell), toDiscord);
}
