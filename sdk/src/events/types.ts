/** FeatureValue is what a feature can hold; `NaN` and infinities are sent as null, a missing value. */
export type FeatureValue = number | string | boolean | null | undefined;

/** Timestamp is epoch milliseconds, an RFC 3339 text or a Date. */
export type Timestamp = number | string | Date;

/** PredictionOutput is what the model said: give the parts it has. */
export interface PredictionOutput {
  readonly label?: string | number | boolean;
  readonly score?: number;
  readonly scores?: Readonly<Record<string, number>>;
  readonly value?: number;
}

/** PredictionEvent is one answer of the model. */
export interface PredictionEvent {
  readonly features: Readonly<Record<string, FeatureValue>>;
  readonly prediction: PredictionOutput;
  /** id joins the label later; made here, time-ordered, when absent. */
  readonly id?: string;
  /** timestamp is the event time; now when absent. */
  readonly timestamp?: Timestamp;
  readonly latencyMs?: number;
  readonly error?: string;
  readonly tags?: Readonly<Record<string, string | number | boolean>>;
  readonly embeddings?: Readonly<Record<string, ArrayLike<number>>>;
  /** weight says how many predictions this one stands for (≥ 1); multiplied by 1/sampleRate. */
  readonly weight?: number;
  /** model, version and environment override those of the client for this event. */
  readonly model?: string;
  readonly version?: string;
  readonly environment?: string;
}

/** LabelEvent is the ground truth of one prediction, known later. */
export interface LabelEvent {
  /** predictionId may be left out inside `leeway.run`, where the request's own prediction is meant. */
  readonly predictionId?: string;
  readonly label?: string | number | boolean;
  readonly value?: number;
  readonly timestamp?: Timestamp;
  readonly model?: string;
}

/** HistogramBucket counts the observations at or below `le`, cumulatively. */
export interface HistogramBucket {
  readonly le: number | "+Inf";
  readonly count: number;
}

/** TelemetrySample is one reading of a serving metric, such as a GPU gauge. */
export interface TelemetrySample {
  readonly metric: string;
  readonly kind: "gauge" | "counter" | "histogram";
  readonly unit: string;
  readonly value?: number;
  readonly buckets?: readonly HistogramBucket[];
  readonly sum?: number;
  readonly count?: number;
  readonly timestamp?: Timestamp;
  readonly replica?: string;
  readonly model?: string;
  readonly version?: string;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}

/** EventKind names the three streams of events; it is also the key of the array in a batch's body. */
export type EventKind = "predictions" | "labels" | "samples";

/** EVENT_KINDS lists the streams in the order in which they are sent. */
export const EVENT_KINDS: readonly EventKind[] = ["predictions", "labels", "samples"];
