import type { LabelEvent, PredictionEvent, TelemetrySample, Timestamp } from "./types.ts";

/** The server refuses longer texts; a cut message beats a refused prediction. */
const LONGEST_ERROR = 2_048;

/** WireDefaults are the fields an event takes from its client. */
export interface WireDefaults {
  readonly model: string;
  readonly version: string;
  readonly environment: string | undefined;
}

/** WirePrediction is a prediction as `POST /v1/predictions` takes it. */
export interface WirePrediction {
  id: string;
  timestamp: Timestamp;
  model: string;
  version: string;
  environment?: string;
  features: object;
  prediction: object;
  latency_ms?: number;
  error?: string;
  tags?: Record<string, string>;
  embeddings?: Record<string, number[]>;
  weight?: number;
}

/**
 * toWirePrediction returns the event in the wire's words. Features, prediction, scores and tags are copied one level
 * deep, embeddings in full: what the host changes afterwards is not seen.
 */
export function toWirePrediction(
  event: PredictionEvent,
  id: string,
  timestamp: Timestamp,
  weight: number,
  defaults: WireDefaults,
): WirePrediction {
  const { prediction } = event;
  const wire: WirePrediction = {
    id,
    timestamp,
    model: event.model ?? defaults.model,
    version: event.version ?? defaults.version,
    features: { ...event.features },
    prediction: prediction.scores ? { ...prediction, scores: { ...prediction.scores } } : { ...prediction },
  };
  const environment = event.environment ?? defaults.environment;
  if (environment !== undefined) wire.environment = environment;
  if (event.latencyMs !== undefined) wire.latency_ms = event.latencyMs;
  if (event.error !== undefined) wire.error = String(event.error).slice(0, LONGEST_ERROR);
  if (event.tags !== undefined) wire.tags = copyTexts(event.tags);
  if (event.embeddings !== undefined) wire.embeddings = copyEmbeddings(event.embeddings);
  if (weight !== 1) wire.weight = weight;
  return wire;
}

/** WireLabel is a label as `POST /v1/labels` takes it. */
export interface WireLabel {
  prediction_id: string;
  model: string;
  label?: string | number | boolean;
  value?: number;
  timestamp: Timestamp;
}

/** toWireLabel returns the label in the wire's words. */
export function toWireLabel(
  event: LabelEvent,
  predictionId: string,
  timestamp: Timestamp,
  defaults: WireDefaults,
): WireLabel {
  const wire: WireLabel = { prediction_id: predictionId, model: event.model ?? defaults.model, timestamp };
  if (event.label !== undefined) wire.label = event.label;
  if (event.value !== undefined) wire.value = event.value;
  return wire;
}

/** WireSample is a telemetry sample as `POST /v1/telemetry` takes it. */
export type WireSample = Omit<TelemetrySample, "attributes"> & {
  readonly timestamp: Timestamp;
  readonly replica: string;
  readonly attributes?: Record<string, string>;
};

/** toWireSample returns the sample with the fields it left out: the time, the replica, the client's model version. */
export function toWireSample(
  sample: TelemetrySample,
  timestamp: Timestamp,
  replica: string,
  defaults: WireDefaults,
): WireSample {
  const { attributes, ...rest } = sample;
  const wire = { model: defaults.model, version: defaults.version, ...rest, timestamp, replica };
  return attributes === undefined ? wire : { ...wire, attributes: copyTexts(attributes) };
}

function copyTexts(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const copy: Record<string, string> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined && value !== null) copy[name] = String(value);
  }
  return copy;
}

function copyEmbeddings(embeddings: Readonly<Record<string, ArrayLike<number>>>): Record<string, number[]> {
  const copy: Record<string, number[]> = {};
  for (const [name, vector] of Object.entries(embeddings)) copy[name] = Array.from(vector);
  return copy;
}
