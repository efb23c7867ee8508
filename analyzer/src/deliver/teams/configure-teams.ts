import { toTeams } from "@leeway/core/channels/teams";
import { createRequestTransport, requestSettings } from "../create-request-transport.ts";
import type { DeliveryShell } from "../delivery-shell.ts";
import type { Transport } from "../transport.ts";

/** configureTeams returns the transport of Microsoft Teams as the analyzer's settings have it. */
export function configureTeams(shell: DeliveryShell): Transport<"teams"> {
  return createRequestTransport("teams", requestSettings(shell), toTeams);
}
