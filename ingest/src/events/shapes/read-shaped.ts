import { FUTURE_LIMIT_MS } from "@leeway/core/wire";
import { ShapedPrediction } from "@leeway/store";
import type { EventReader } from "../read-outcome.ts";
import type { ReadPrediction } from "../read-prediction.ts";

/** readShaped returns a check that lets through what was read out of a body by its shape, and hands all else, and what is still in doubt, to `read`. */
export function readShaped(
  read: EventReader<ReadPrediction>,
): EventReader<ReadPrediction | ShapedPrediction> {
  return (value, now, noteUnknown) => {
    if (!(value instanceof ShapedPrediction)) return read(value, now, noteUnknown);
    return value.timestamp > now + FUTURE_LIMIT_MS ? read(value.parse(), now, noteUnknown) : value;
  };
}
