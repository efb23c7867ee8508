import type { MessageContext } from "@leeway/core/messages";
import type { Incident } from "@leeway/core/records";
import { incidentAt } from "./incident-at.ts";
import type { Delivery } from "./transport.ts";

/** messageOf returns what a rendering takes: the incident as it was at the delivery's transition, and the context of its message. */
export function messageOf(
  { incident, notification }: Delivery,
  publicUrl: string,
): { incident: Incident; context: MessageContext } {
  const { transition, occasion, note } = notification;
  const context = { publicUrl, transition, ...(occasion === undefined ? {} : { occasion }) };
  const current = incidentAt(incident, transition);
  const summary = note === undefined ? current.summary : `${note.replace(/\.?$/, ".")} ${current.summary}`;
  return { incident: { ...current, summary }, context };
}
