import type { TelemetrySample } from "@leeway/core/wire";

/** TelemetryEvent is a checked telemetry sample with the project it belongs to. */
export interface TelemetryEvent {
  project: string;
  sample: TelemetrySample;
}
