export type { BatchRecord } from "./batches/batch-block.ts";
export type { BatchWrite } from "./batches/batch-ledger.ts";
export { createEventWriters, type EventWriters, type EventWritersOptions } from "./event-writers.ts";
export type { Evidence, RefusalCount } from "./evidence/read-evidence.ts";
export type { LabelEvent } from "./labels/label-event.ts";
export type { PredictionEvent } from "./predictions/prediction-event.ts";
export {
  isStorable,
  type NamedSlot,
  NO_SLOT,
  PredictionShape,
  type ShapeParts,
} from "./predictions/prediction-shape.ts";
export { ShapedPrediction, ShapedPredictions, SLOT_TAGS } from "./predictions/shaped-predictions.ts";
export type { TelemetryEvent } from "./telemetry/telemetry-event.ts";
