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
);

/** Traffic is what is sent of one model, in this order; a batch that stands here twice is sent twice. */
export interface Traffic {
  model: string;
  sends: readonly PlannedBatch[];
}

/** eventsOf returns how many events a batch carries. */
export function eventsOf(batch: PlannedBatch): number {
  return batch.kind === "predictions" ? batch.predictions.length : batch.labels.length;
}

/** bodyOf returns the request body of a batch. */
export function bodyOf(model: string, batch: PlannedBatch): string {
  if (batch.kind === "labels") {
    const labels = batch.labels.map(({ predictionId, timestamp, label }) => ({
      prediction_id: predictionId,
      model,
      timestamp,
      label,
    }));
    return JSON.stringify({ batch_id: batch.batchId, labels });
  }
  const predictions = batch.predictions.map((planned) => ({
    id: planned.id,
    timestamp: planned.sentTimestamp,
    model,
    version: "1",
    features: { amount: planned.amount, city: planned.city, is_new: planned.amount % 2 === 0, note: null },
    prediction: { score: planned.score, label: planned.score > 0.5 ? "yes" : "no" },
    latency_ms: planned.latencyMs,
  }));
  return JSON.stringify({ batch_id: batch.batchId, predictions });
}
