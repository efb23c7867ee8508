import { studentTTwoSided } from "../statistics/index.ts";
import { type LabelBias, type OutputStratum, outputDifference } from "./early-label-bias.ts";
import type { LossSums } from "./loss-sums.ts";

/** ValueArrivals are the numeric labels of one settled past window: all of them, and those that had come when it was as old as the one in question is now. */
export interface ValueArrivals {
  start: number;
  early: { count: number; sum: number };
  final: LossSums;
}

const BIAS_P_VALUE = 0.001;
// In standard deviations of the labels: below it the early ones' mean differs too little to matter.
const SMALLEST_SHIFT = 0.1;
const MINIMUM_WINDOWS = 3;
const MINIMUM_LABELS = 200;

/**
 * assessValueBias decides whether a regressor's early labels are a fair sample; unfair ones are refused, never corrected, because what is missing may differ
 * within every stratum of the output. By value: where the labels that come early usually say more or less than all of a window's (mean shift over settled windows cut at
 * the same age, t-test over windows, by at least 0.1 standard deviations). By output: where the labelled predictions are unlike all of them. Needs 200 labels
 * in three settled windows to know the first; the second needs no history. O(windows + strata).
 *
 * @example assessValueBias({ strata, arrivals }) // { outcome: "refused", reason: "… 0.4 standard deviations below …" }
 */
export function assessValueBias(input: {
  strata: readonly OutputStratum[];
  arrivals: readonly ValueArrivals[];
}): Exclude<LabelBias, { outcome: "corrected" }> {
  const windows = input.arrivals.filter(({ early, final }) => early.count > 0 && final.count > 1);
  const labels = windows.reduce((sum, { final }) => sum + final.count, 0);
  const isKnown = windows.length >= MINIMUM_WINDOWS && labels >= MINIMUM_LABELS;
  const shift = isKnown ? usualShift(windows) : undefined;
  if (shift !== undefined) {
    const side = shift < 0 ? "below" : "above";
    const size = Number(Math.abs(shift).toPrecision(2));
    return {
      outcome: "refused",
      reason: `the labels that come early are a biased sample: in past windows their mean lay ${size} standard deviations ${side} that of all labels`,
    };
  }
  const difference = outputDifference(input.strata, () => 1);
  if (difference !== undefined) return { outcome: "refused", reason: difference };
  return {
    outcome: "representative",
    reason: isKnown ? "early labels say what all do" : "what early labels usually say is not known yet",
  };
}

/** usualShift returns by how many standard deviations the early labels' mean usually differs, undefined where that is no matter or may be chance. */
function usualShift(windows: readonly ValueArrivals[]): number | undefined {
  const shifts = windows.map(({ early, final }) => {
    const mean = final.sum / final.count;
    const deviation = Math.sqrt(Math.max(0, final.sumOfSquares / final.count - mean * mean));
    return deviation === 0 ? 0 : (early.sum / early.count - mean) / deviation;
  });
  const mean = shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length;
  if (Math.abs(mean) < SMALLEST_SHIFT) return undefined;
  const spread = shifts.reduce((sum, shift) => sum + (shift - mean) ** 2, 0) / (shifts.length - 1);
  const error = Math.sqrt(spread / shifts.length);
  const isChance = error > 0 && studentTTwoSided(mean / error, shifts.length - 1) > BIAS_P_VALUE;
  return isChance ? undefined : mean;
}
