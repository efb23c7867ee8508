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
  if (note === undefined) return { incident: current, context };
  const words = note.replace(/\.?$/, ".");
  const summary = `${words} ${current.summary}`;
  if (transition !== "resolved") return { incident: { ...current, summary }, context };
  // Of an incident that is over, a message says how it ended in place of what it was.
  const ending = current.resolution?.replace(/^Resolved: /, "");
  const resolution = ending === undefined ? words : `${words} ${ending}`;
  return { incident: { ...current, summary, resolution }, context };
}
