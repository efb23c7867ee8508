import { type EventWriters, ShapedPrediction } from "@leeway/store";
import { createEventLane, type EventLane } from "./event-lane.ts";
import { createLabelReader } from "./read-label.ts";
import { createPredictionReader } from "./read-prediction.ts";
import { createSampleReader } from "./read-sample.ts";
import { readShaped } from "./shapes/read-shaped.ts";
import { createPredictionScanner } from "./shapes/scan-predictions.ts";

/** EventLanes are the three kinds of events that clients send. */
export interface EventLanes {
  predictions: EventLane;
  labels: EventLane;
  telemetry: EventLane;
}

/** createLanes returns the lanes over the store's writers. */
export function createLanes(writers: EventWriters, now: () => number): EventLanes {
  const readPrediction = createPredictionReader();
  return {
    predictions: createEventLane({
      kind: "predictions",
      field: "predictions",
      scan: createPredictionScanner(readPrediction),
      read: readShaped(readPrediction),
      store: (project, event) => (event instanceof ShapedPrediction ? event : { project, event }),
      begin: () => writers.beginPredictions(),
      onRefused: (...refusal) => writers.noteRefused("predictions", ...refusal),
      onUnknown: (...members) => writers.noteUnknown("predictions", ...members),
      now,
    }),
    labels: createEventLane({
      kind: "labels",
      field: "labels",
      read: createLabelReader(),
      store: (project, label) => ({ project, ...label }),
      begin: () => writers.beginLabels(),
      onRefused: (...refusal) => writers.noteRefused("labels", ...refusal),
      onUnknown: (...members) => writers.noteUnknown("labels", ...members),
      now,
    }),
    telemetry: createEventLane({
      kind: "telemetry",
      field: "samples",
      read: createSampleReader(),
      store: (project, sample) => ({ project, sample }),
      begin: () => writers.beginTelemetry(),
      onRefused: (...refusal) => writers.noteRefused("telemetry", ...refusal),
      onUnknown: (...members) => writers.noteUnknown("telemetry", ...members),
      now,
    }),
  };
}
