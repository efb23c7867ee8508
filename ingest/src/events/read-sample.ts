import { type TelemetrySample, telemetrySampleSchema } from "@leeway/core/wire";
import { compileValidator } from "./compile-validator.ts";
import { tooDeepField } from "./event-depth.ts";
import { eventTime } from "./event-time.ts";
import { type ReadOutcome, Refusal } from "./read-outcome.ts";

/** createSampleReader returns the hot path's check of one telemetry sample. */
export function createSampleReader(): (value: unknown, now: number) => ReadOutcome<TelemetrySample> {
  const problemOf = compileValidator(telemetrySampleSchema);
  const known = new Set(Object.keys(telemetrySampleSchema.shape));
  return (value, now) => {
    const problem = problemOf(value);
    if (problem !== undefined) return new Refusal("invalid_event", problem);
    const sample = value as TelemetrySample;
    const missing = missingField(sample);
    if (missing !== undefined) return new Refusal("invalid_event", missing);
    const time = eventTime(sample.timestamp, now);
    if (typeof time === "string") return new Refusal("timestamp_out_of_range", time);
    const deep = tooDeepField(sample, known);
    if (deep !== undefined) return new Refusal("too_deep", `${deep}: nested too deep`);
    sample.timestamp = time;
    return sample;
  };
}

function missingField(sample: TelemetrySample): string | undefined {
  switch (sample.kind) {
    case "gauge":
    case "counter":
      return sample.value === undefined ? `value: is required for a ${sample.kind}` : undefined;
    case "histogram":
      return sample.buckets === undefined ? "buckets: is required for a histogram" : undefined;
    default:
      return sample.kind satisfies never;
  }
}
