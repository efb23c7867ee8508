import type { WindowProfile } from "@leeway/core/profile";
import type { Monitor, Reference } from "@leeway/core/records";
import { createDriftAssessor, type DriftCalibration, driftStateSchema } from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import type { WindowVerdict } from "../chain/assess-chain.ts";
import { emptyProfile } from "./missing-window.ts";

/** driftAssessor returns the assessment of one window's inputs and output against the reference, from profiles that were loaded at once. */
export function driftAssessor(input: {
  monitor: Monitor;
  reference: Reference;
  calibration: DriftCalibration;
  profiles: ReadonlyMap<number, WindowProfile>;
}): (window: TimeWindow, previousState: object | undefined) => WindowVerdict {
  const { reference, calibration, monitor, profiles } = input;
  const assess = createDriftAssessor({ reference, calibration, monitor });
  return (window, previousState) =>
    assess(
      profiles.get(window.start) ?? emptyProfile(window),
      previousState === undefined ? undefined : driftStateSchema.parse(previousState),
    );
}
