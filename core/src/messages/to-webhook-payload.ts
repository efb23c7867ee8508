import type { Incident, Retraining } from "../records/index.ts";
import { incidentLink, type MessageContext } from "./incident-message.ts";

/** WebhookPayload is the body of a Standard Webhooks request: dotted type, time of the event, data. Keep it under 20 kB. */
export interface WebhookPayload {
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
}

const MOST_FEATURES = 5;
const MOST_EVALUATIONS = 5;
const MOST_BINS = 24;

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
    data: { incident: shortened(incident), link: incidentLink(incident, context.publicUrl) },
  };
}

/**
 * toRetrainPayload returns the body a retraining job receives: what to retrain, why, on which rows to look, and where to report back
 * (`POST {apiUrl}/v1/retrainings/{id}`). O(features · bins).
 */
export function toRetrainPayload(
  incident: Incident,
  retraining: Pick<Retraining, "id" | "model" | "version" | "requested_at">,
  context: { publicUrl: string; apiUrl: string },
): WebhookPayload {
  const report = `${context.apiUrl.replace(/\/+$/, "")}/v1/retrainings/${encodeURIComponent(retraining.id)}`;
  return {
    type: "retraining.requested",
    timestamp: new Date(retraining.requested_at).toISOString(),
    data: {
      retraining_id: retraining.id,
      model: retraining.model,
      version: retraining.version,
      cause: incident.cause,
      reason: incident.summary,
      /** Event time of the windows that failed: retrain on rows labelled by `window_end`. */
      window_start: incident.started_at,
      window_end: incident.last_failing_at,
      report_to: report,
      incident: shortened(incident),
      link: incidentLink(incident, context.publicUrl),
    },
  };
}

function shortened(incident: Incident): Record<string, unknown> {
  return {
    ...incident,
    evaluations: incident.evaluations.slice(-MOST_EVALUATIONS),
    features: incident.features.slice(0, MOST_FEATURES).map((feature) => ({
      ...feature,
      ...(feature.distribution === undefined
        ? {}
        : {
            distribution: {
              labels: feature.distribution.labels.slice(0, MOST_BINS),
              reference: feature.distribution.reference.slice(0, MOST_BINS),
              window: feature.distribution.window.slice(0, MOST_BINS),
            },
          }),
    })),
  };
}
