import type { Incident } from "../records/index.ts";

const MOST_FEATURES = 5;
const MOST_EVALUATIONS = 5;
const MOST_BINS = 24;
const MOST_CHANGES = 3;

/** WebhookPayload is the body of a Standard Webhooks request: dotted type, time of the event, data. Keep it under 20 kB. */
export interface WebhookPayload {
  type: string;
  timestamp: string;
  data: Record<string, unknown>;
}

/** incidentPayload returns the incident as the API answers it, cut to what fits a request: the latest evaluations, the first features and bins, the nearest changes. O(features · bins). */
export function incidentPayload(incident: Incident): Record<string, unknown> {
  const { acted: _acted, changes, ...shown } = incident;
  return {
    ...shown,
    ...(changes === undefined ? {} : { changes: changes.slice(0, MOST_CHANGES) }),
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
