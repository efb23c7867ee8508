import { toPagerDuty } from "@leeway/core/channels/pagerduty";
import { createRequestTransport, requestSettings } from "../create-request-transport.ts";
import type { DeliveryShell } from "../delivery-shell.ts";
import type { Transport } from "../transport.ts";

/** configurePagerDuty returns the transport of PagerDuty as the analyzer's settings have it. */
export function configurePagerDuty(shell: DeliveryShell): Transport<"pagerduty"> {
  return createRequestTransport("pagerduty", requestSettings(shell), toPagerDuty);
}
