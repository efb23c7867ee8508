import type { WindowProfile } from "@leeway/core/profile";
import type { Monitor, Reference } from "@leeway/core/records";
import { assessDriftWindow, type DriftCalibration, driftStateSchema } from "@leeway/core/verdicts";
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
  return (window, previousState) =>
    assessDriftWindow({
      reference: input.reference,
      window: input.profiles.get(window.start) ?? emptyProfile(window),
      calibration: input.calibration,
      previousState: previousState === undefined ? undefined : driftStateSchema.parse(previousState),
      monitor: input.monitor,
    });
}
