import { className } from "@leeway/core/spelling";
import { type Label, labelSchema } from "@leeway/core/wire";
import { compileValidator } from "./compile-validator.ts";
import { tooDeepField } from "./event-depth.ts";
import { eventTime } from "./event-time.ts";
import { type EventReader, Refusal } from "./read-outcome.ts";
import { settleMembers } from "./settle-members.ts";

/** ReadLabel is a checked label; its class is text in its one spelling. */
export interface ReadLabel {
  predictionId: string;
  model: string;
  label: string | undefined;
  value: number | undefined;
  timestamp: number;
}

/** createLabelReader returns the hot path's check of one label. */
export function createLabelReader(): EventReader<ReadLabel> {
  const problemOf = compileValidator(labelSchema);
  const known = new Set(Object.keys(labelSchema.shape));
  return (value, now, noteUnknown) => {
    const problem = problemOf(value);
    if (problem !== undefined) return new Refusal("invalid_event", problem);
    const input = value as Label;
    const unknown: string[] = [];
    settleMembers(input, known, unknown);
    const label = className(input.label);
    if (label === undefined && input.value === undefined) {
      const given =
        input.label === undefined ? "" : `; ${JSON.stringify(input.label)} says that there is none`;
      return new Refusal("invalid_event", `label: expected label or value${given}`);
    }
    const time = eventTime(input.timestamp, now);
    if (typeof time === "string") return new Refusal("timestamp_out_of_range", time);
    const deep = tooDeepField(input, known);
    if (deep !== undefined) return new Refusal("too_deep", `${deep}: nested too deep`);
    if (unknown.length > 0) noteUnknown?.(input.model, unknown);
    return {
      predictionId: input.prediction_id,
      model: input.model,
      label,
      value: input.value,
      timestamp: time,
    };
  };
}
