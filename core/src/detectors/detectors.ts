import { adwin } from "./adwin.ts";
import { ddm } from "./ddm.ts";
import type { Detector, DetectorStep } from "./detector.ts";
import { pageHinkley } from "./page-hinkley.ts";

/** DETECTORS is every stream detector by its name on the wire. */
export const DETECTORS = {
  adwin,
  page_hinkley: pageHinkley,
  ddm,
} as const;

/** runDetector returns where in `values` a detector warns and drifts, and its state after them. O(n). */
export function runDetector<Parameters, State>(
  detector: Detector<Parameters, State>,
  state: State,
  values: ArrayLike<number>,
): { state: State; drifts: number[]; warnings: number[] } {
  const drifts: number[] = [];
  const warnings: number[] = [];
  let current = state;
  for (let i = 0; i < values.length; i++) {
    const step: DetectorStep<State> = detector.step(current, values[i]!);
    current = step.state;
    if (step.outcome.outcome !== "ok") continue;
    if (step.outcome.signal === "drift") drifts.push(i);
    else if (step.outcome.signal === "warning") warnings.push(i);
  }
  return { state: current, drifts, warnings };
}
