import {
  incidentLink,
  incidentPayload,
  type MessageContext,
  type WebhookPayload,
} from "../../messages/index.ts";
import type { Incident } from "../../records/index.ts";

/**
 * toWebhookPayload returns the body a webhook channel receives: the incident as the API answers it, cut to what fits, with its evidence and its link. `at` is the
 * time of the transition. O(features · bins). Source: Standard Webhooks.
 */
export function toWebhookPayload(
  incident: Incident,
  context: MessageContext & { at: number },
): WebhookPayload {
  return {
    type: `incident.${context.transition}`,
    timestamp: new Date(context.at).toISOString(),
    data: {
      ...(context.occasion === undefined ? {} : { occasion: context.occasion }),
      incident: incidentPayload(incident),
      link: incidentLink(incident, context.publicUrl),
    },
  };
}
