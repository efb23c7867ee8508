import { shareProblem, type TelemetrySample, telemetrySampleSchema } from "@leeway/core/wire";
import { compileValidator } from "./compile-validator.ts";
import { tooDeepField } from "./event-depth.ts";
import { eventTime } from "./event-time.ts";
import { type EventReader, Refusal } from "./read-outcome.ts";
import { settleMap, settleMembers } from "./settle-members.ts";

/** createSampleReader returns the hot path's check of one telemetry sample. */
export function createSampleReader(): EventReader<TelemetrySample> {
  const problemOf = compileValidator(telemetrySampleSchema);
  const known = new Set(Object.keys(telemetrySampleSchema.shape));
  return (value, now, noteUnknown) => {
    const problem = problemOf(value);
    if (problem !== undefined) return new Refusal("invalid_event", problem);
    const sample = value as TelemetrySample;
    const unknown: string[] = [];
    settleMembers(sample, known, unknown);
    settleMap(sample.attributes);
    const missing = missingField(sample);
    if (missing !== undefined) return new Refusal("invalid_event", missing);
    const time = eventTime(sample.timestamp, now);
    if (typeof time === "string") return new Refusal("timestamp_out_of_range", time);
    const deep = tooDeepField(sample, known);
    if (deep !== undefined) return new Refusal("too_deep", `${deep}: nested too deep`);
    const share =
      sample.kind === "gauge" && sample.value !== undefined
        ? shareProblem(sample.metric, sample.unit, sample.value)
        : undefined;
    if (share !== undefined) return new Refusal("share_out_of_range", share);
    if (unknown.length > 0) noteUnknown?.(sample.model ?? "", unknown);
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
