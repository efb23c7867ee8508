import type { BreakKind } from "../breaks/break-finding.ts";

/** DriftTest names which statistic of a feature spoke. */
export type DriftTest = "distance" | "location" | "spread" | "missing" | "unseen" | "characters" | BreakKind;

/** TestResult is one statistic of one feature, compared with sampling and against the reference's own variation. */
export interface TestResult {
  test: DriftTest;
  /** Signed size: PSI for `distance`, standard scores for location, spread and characters, a share for `missing` and `unseen`. */
  size: number;
  isLargeEnough: boolean;
  /** Under sampling alone. */
  pSampling: number;
  /** Under sampling and the reference's window-to-window variation. */
  pCalibrated: number;
  /** What pCalibrated must fall below to pass the lower bar. */
  lowerTail: number;
  exceedsLowerBar: boolean;
  exceedsImmediateBar: boolean;
  isHeld: boolean;
  /** Windows in a row that make an alarm, where more are needed than of the other tests. */
  windowsNeeded?: number;
}
