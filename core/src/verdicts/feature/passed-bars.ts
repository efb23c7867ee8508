import type { OperatingPoint } from "../../evaluation/index.ts";
import type { TestResult } from "./test-result.ts";

// An alarm is held while the deviation stays improbable at this level: the lower bar of the hysteresis.
const RELEASE_TAIL = 0.01;

/** RELEASE_SHARE is the share of a size that matters from which on it holds an alarm that is on. */
export const RELEASE_SHARE = 0.7;

/** passedBars returns which bars a test passes that is as improbable as `pCalibrated`. O(1). */
export function passedBars(
  pCalibrated: number,
  lowerTail: number,
  point: OperatingPoint,
  isStillLarge: boolean,
): Pick<TestResult, "pCalibrated" | "lowerTail" | "exceedsLowerBar" | "exceedsImmediateBar" | "isHeld"> {
  return {
    pCalibrated,
    lowerTail,
    exceedsLowerBar: pCalibrated < lowerTail,
    exceedsImmediateBar: pCalibrated < point.immediate_tail,
    isHeld: isStillLarge && pCalibrated < RELEASE_TAIL,
  };
}
