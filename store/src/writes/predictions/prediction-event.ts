import type { Prediction } from "@leeway/core/wire";

/** PredictionEvent is a prediction whose envelope is already checked (what was `null` in it is absent); features are checked while they are encoded. */
export type PredictionEvent = Omit<Prediction, "features" | "environment"> & {
  environment?: Prediction["environment"] | undefined;
  features: Readonly<Record<string, unknown>>;
};
