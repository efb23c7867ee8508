export { assessDriftWindow, type DriftVerdict } from "./assess-drift-window.ts";
export {
  calibrateDrift,
  DEFAULT_FALSE_ALARMS_PER_MONTH,
  PREDICTION_FEATURE,
  watchedFeatures,
} from "./calibrate-drift.ts";
export { type DriftCalibration, driftCalibrationSchema } from "./drift-calibration.ts";
export { type DriftState, driftStateSchema, initialDriftState } from "./drift-state.ts";
export {
  BUDGET_SHARES,
  deriveOperatingPoint,
  type OperatingPoint,
  operatingPointSchema,
  sustainedTail,
} from "./operating-point.ts";
export type { Verdict } from "./verdict.ts";
