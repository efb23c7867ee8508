export type { BatchWrite } from "./batches/batch-ledger.ts";
export { createEventWriters, type EventWriters, type EventWritersOptions } from "./event-writers.ts";
export type { Evidence, RefusalCount } from "./evidence/read-evidence.ts";
export type { LabelEvent } from "./labels/label-event.ts";
export type { PredictionEvent } from "./predictions/prediction-event.ts";
export type { TelemetryEvent } from "./telemetry/telemetry-event.ts";
