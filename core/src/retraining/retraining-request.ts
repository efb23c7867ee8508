import { incidentLink, incidentPayload } from "../messages/index.ts";
import type { Incident, Retraining } from "../records/index.ts";
import { type AvoidedRange, type TimeRange, trainingRanges } from "./training-ranges.ts";

/** RetrainingData is what a job is asked: what to retrain, why, on which rows, and where to report. */
export interface RetrainingData {
  retraining_id: string;
  model: string;
  version: string;
  cause: string;
  reason: string;
  /** Event time of the windows that failed: retrain on rows labelled by `window_end`. */
  window_start: number;
  window_end: number;
  /** Event time, half-open: rows of the changed world, without those to avoid. */
  train: TimeRange[];
  /** Event time of windows judged broken: they would teach the model the fault. */
  avoid: AvoidedRange[];
  /** True where somebody tries the channel out: read the message, train nothing. */
  test: boolean;
  report_to: string;
  incident: Record<string, unknown>;
  link: string;
}

/** RetrainingRequest is the message a job receives. */
export interface RetrainingRequest {
  type: "retraining.requested" | "retraining.test";
  timestamp: string;
  data: RetrainingData;
}

/**
 * retrainingRequest returns the message that asks for a run. A test has the same shape and says that it is one. The job reports to
 * `POST {apiUrl}/v1/retrainings/{id}`. O(features · bins + incidents).
 */
export function retrainingRequest(
  incident: Incident,
  retraining: Pick<Retraining, "id" | "model" | "version" | "requested_at">,
  context: { publicUrl: string; apiUrl: string; isTest: boolean; incidents: readonly Incident[] },
): RetrainingRequest {
  const { train, avoid } = trainingRanges(incident, context.incidents);
  return {
    type: context.isTest ? "retraining.test" : "retraining.requested",
    timestamp: new Date(retraining.requested_at).toISOString(),
    data: {
      retraining_id: retraining.id,
      model: retraining.model,
      version: retraining.version,
      cause: incident.cause,
      reason: incident.summary,
      window_start: incident.started_at,
      window_end: incident.last_failing_at,
      train,
      avoid,
      test: context.isTest,
      report_to: `${context.apiUrl.replace(/\/+$/, "")}/v1/retrainings/${encodeURIComponent(retraining.id)}`,
      incident: incidentPayload(incident),
      link: incidentLink(incident, context.publicUrl),
    },
  };
}

/** briefRequest returns what every job needs of a request, short enough for one parameter of a pipeline. */
export function briefRequest({ data }: RetrainingRequest): Record<string, unknown> {
  const { retraining_id, model, version, cause, window_start, window_end, test, report_to } = data;
  return { retraining_id, model, version, cause, window_start, window_end, test, report_to };
}

/** requestParameter returns the request as the text of one parameter: whole where it fits, else without its evidence and ranges. */
export function requestParameter(request: RetrainingRequest, mostBytes: number): string {
  const { incident: _evidence, ...data } = request.data;
  const whole = [JSON.stringify(request), JSON.stringify({ ...request, data })];
  const brief = JSON.stringify({ type: request.type, data: briefRequest(request) });
  return whole.find((text) => byteLength(text) <= mostBytes) ?? brief;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
