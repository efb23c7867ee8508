import type { MessageContext } from "@leeway/core/messages";
import type { Incident } from "@leeway/core/records";
import { incidentAt } from "./incident-at.ts";
import type { Delivery } from "./transport.ts";

/** messageOf returns what a rendering takes: the incident as it was at the delivery's transition, and the context of its message. */
export function messageOf(
  { incident, notification }: Delivery,
  publicUrl: string,
): { incident: Incident; context: MessageContext } {
  const { transition, occasion } = notification;
  const context = { publicUrl, transition, ...(occasion === undefined ? {} : { occasion }) };
  return { incident: incidentAt(incident, transition), context };
}
