/** PlannedPrediction is one payload of a prediction: another payload under the same id has another `variant`. */
export interface PlannedPrediction {
  id: string;
  variant: number;
  /** Event time, epoch milliseconds. */
  timestamp: number;
  /** As a client with a wrong clock or the wrong unit says it. */
  sentTimestamp: string | number;
  /** A whole number, so that sums are exact. */
  amount: number;
  city: string;
  score: number;
  latencyMs: number;
  /** Whether the server must refuse it for its time. */
  isOutOfRange: boolean;
}

/** PlannedLabel is one ground truth; a later `timestamp` for the same prediction corrects it. */
export interface PlannedLabel {
  predictionId: string;
  timestamp: number;
  label: "yes" | "no";
}

/** PlannedSample is one telemetry sample: all of it is what makes it this one and no other. */
export interface PlannedSample {
  replica: string;
  timestamp: number;
  /** A whole number, so that sums are exact. */
  value: number;
}

/** PlannedBatch is one request: its body is the same however often it is sent. */
export type PlannedBatch = {
  batchId: string;
  /** Batches that must be settled before this one is sent. */
  after: readonly PlannedBatch[];
  /** `refused_whole`: the id was used before with other content. */
  expected: "answered" | "refused_whole";
} & (
  | { kind: "predictions"; predictions: readonly PlannedPrediction[] }
  | { kind: "labels"; labels: readonly PlannedLabel[] }
  | { kind: "telemetry"; samples: readonly PlannedSample[] }
);

/** Traffic is what is sent of one model, in this order; a batch that stands here twice is sent twice. */
export interface Traffic {
  model: string;
  sends: readonly PlannedBatch[];
}

/** eventsOf returns how many events a batch carries. */
export function eventsOf(batch: PlannedBatch): number {
  switch (batch.kind) {
    case "predictions":
      return batch.predictions.length;
    case "labels":
      return batch.labels.length;
    case "telemetry":
      return batch.samples.length;
    default:
      return batch satisfies never;
  }
}

/** bodyOf returns the request body of a batch. */
export function bodyOf(model: string, batch: PlannedBatch): string {
  const batch_id = batch.batchId;
  switch (batch.kind) {
    case "predictions":
      return JSON.stringify({
        batch_id,
        predictions: batch.predictions.map((one) => predictionOf(model, one)),
      });
    case "labels":
      return JSON.stringify({ batch_id, labels: batch.labels.map((one) => labelOf(model, one)) });
    case "telemetry":
      return JSON.stringify({ batch_id, samples: batch.samples.map((one) => sampleOf(model, one)) });
    default:
      return batch satisfies never;
  }
}

function predictionOf(model: string, planned: PlannedPrediction): object {
  return {
    id: planned.id,
    timestamp: planned.sentTimestamp,
    model,
    version: "1",
    features: { amount: planned.amount, city: planned.city, is_new: planned.amount % 2 === 0, note: null },
    prediction: { score: planned.score, label: planned.score > 0.5 ? "yes" : "no" },
    latency_ms: planned.latencyMs,
  };
}

function labelOf(model: string, { predictionId, timestamp, label }: PlannedLabel): object {
  return { prediction_id: predictionId, model, timestamp, label };
}

function sampleOf(model: string, planned: PlannedSample): object {
  return { ...planned, model, version: "1", metric: "queue_length", kind: "gauge", unit: "1" };
}
