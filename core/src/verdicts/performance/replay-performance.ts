import type { PerformanceWindow } from "../../evaluation/index.ts";
import { decidePerformance, type PerformanceDecision } from "./decide-performance.ts";
import { initialPerformanceState, type PerformanceState } from "./performance-state.ts";

/**
 * replayPerformance returns the verdict that follows from what is stored with a performance verdict and from the state of the window before: a verdict that
 * differs from the stored one was not made from what is stored. Undefined for verdicts from before all of it was stored. O(signals).
 */
export function replayPerformance(
  detail: PerformanceWindow,
  previousState: PerformanceState = initialPerformanceState(),
): PerformanceDecision | undefined {
  const { basis, ...facts } = detail;
  return basis === undefined ? undefined : decidePerformance({ ...facts, basis }, previousState);
}
