import type { DriftWindow, FeatureDrift } from "@leeway/core/evaluation";
import { outputName } from "@leeway/core/profile";

/** DriftCellDetail is all that is shown of one feature in one window: the answer of the drift-cell route. */
export interface DriftCellDetail {
  feature: string;
  isPrediction: boolean;
  start: number;
  end: number;
  count: number;
  referenceId: string;
  /** Whether the monitor has fixed thresholds. */
  isFixed: boolean;
  drift: FeatureDrift;
}

/** driftCellDetail returns what a drift window says of one feature (or of the model's output, under its name), or undefined where it does not know it. */
export function driftCellDetail(window: DriftWindow, feature: string): DriftCellDetail | undefined {
  const known = window.features[feature];
  const drift =
    known ?? (feature === outputName(Object.keys(window.features)) ? window.prediction : undefined);
  if (drift === undefined) return undefined;
  return {
    feature,
    isPrediction: known === undefined,
    start: window.start,
    end: window.end,
    count: window.count,
    referenceId: window.reference_id,
    isFixed: window.thresholds !== undefined,
    drift,
  };
}
