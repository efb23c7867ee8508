export { createEventWriters, type EventWriters, type EventWritersOptions } from "./event-writers.ts";
export type { LabelEvent } from "./labels/label-event.ts";
export type { FeatureSighting, ValueKind } from "./predictions/feature-sightings.ts";
export type { PredictionEvent } from "./predictions/prediction-event.ts";
export type { TelemetryEvent } from "./telemetry/telemetry-event.ts";
