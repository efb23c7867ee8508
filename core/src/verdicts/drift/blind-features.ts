import type { DriftWindow } from "../../evaluation/index.ts";
import type { DriftState } from "../feature/drift-state.ts";

const WEEK_MS = 7 * 86_400_000;
const WINDOWS = 7;

/** BlindFeature is a feature that nothing has been said of for long, with what to do about it. */
export type BlindFeature = NonNullable<DriftWindow["blind"]>[number];

const ADVICE =
  "upload a longer reference (a whole year where the feature follows the seasons), watch a segment in which it is steadier, or give the monitor a fixed threshold";

/** blindFeatures returns the features that could not be judged in seven windows in a row and for a week. O(features). */
export function blindFeatures(state: DriftState, window: { end: number }): BlindFeature[] {
  return (state.unjudged ?? [])
    .filter(({ since, windows }) => windows >= WINDOWS && window.end - since >= WEEK_MS)
    .map(({ name, since, windows }) => ({ feature: name, since, windows, advice: ADVICE }));
}

/** newlyBlind returns those that have just become so: they are reported in this window and in none after it. O(features). */
export function newlyBlind(
  blind: readonly BlindFeature[],
  window: { start: number; end: number },
): BlindFeature[] {
  return blind.filter(({ since, windows }) => windows === WINDOWS || window.start - since < WEEK_MS);
}
