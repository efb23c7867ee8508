import type { Monitor } from "../../records/index.ts";
import { fixedThresholds } from "../bars/fixed-thresholds.ts";

/** SampledKinds says which verdicts a drift monitor makes from a sample of the rows themselves: counts can't tell these. */
export interface SampledKinds {
  joint: boolean;
  text: boolean;
  embedding: boolean;
}

/** NO_THRESHOLD is why a monitor with fixed thresholds does not judge what none of them is for. */
export const NO_THRESHOLD = "none of the monitor's fixed thresholds is for it";

/** sampledKinds returns which of them a monitor makes: all where its bars are calibrated, those with a threshold where they are fixed. O(1). */
export function sampledKinds(monitor: Pick<Monitor, "thresholds">): SampledKinds {
  const fixed = fixedThresholds(monitor);
  return {
    joint: fixed === undefined || fixed.joint_auc !== undefined,
    text: fixed === undefined || fixed.text_shift !== undefined,
    embedding: fixed === undefined || fixed.embedding_mmd !== undefined,
  };
}
