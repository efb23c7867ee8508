import type { PredictionInput } from "@leeway/core/wire";

/** PredictionEvent is a prediction as it came over the wire, its envelope already checked; features are checked while they are encoded. */
export type PredictionEvent = Omit<PredictionInput, "features"> & {
  features: Readonly<Record<string, unknown>>;
};
