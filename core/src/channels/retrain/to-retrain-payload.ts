import { incidentLink, incidentPayload, type WebhookPayload } from "../../messages/index.ts";
import type { Incident, Retraining } from "../../records/index.ts";

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
      incident: incidentPayload(incident),
      link: incidentLink(incident, context.publicUrl),
    },
  };
}
