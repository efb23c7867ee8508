import type { FeatureProfile } from "../profile/index.ts";
import { createReferenceCdf, type NumericReference } from "./reference-cdf.ts";
import { UNIT_CHANGES, type UnitChange } from "./unit-changes.ts";

/** RecognisedChange is a restatement that explains a window's numbers, with how well it does. */
export interface RecognisedChange {
  change: UnitChange;
  /** Mean absolute difference of distribution functions at the window's deciles, before and after undoing the change. */
  misfitBefore: number;
  misfitAfter: number;
  confidence: number;
}

const SMALLEST_WINDOW = 30;
// What windows of a real stream differ by beside sampling.
const LARGEST_MISFIT = 0.015;

/**
 * recogniseUnitChange returns the known restatement (a factor, °C/°F/K, a flipped sign) that turns the reference's distribution into the
 * window's, or undefined where none fits. The window's deciles are restated back and looked up in the reference's distribution
 * function: where the change is right they come out near 10 %…90 %. Without deciles, mean and standard deviation must both change
 * by the same factor. O(changes · log bins).
 */
export function recogniseUnitChange(
  reference: NumericReference,
  profile: FeatureProfile,
): RecognisedChange | undefined {
  const values = profile.numeric;
  if (values === undefined || profile.count < SMALLEST_WINDOW || !(reference.standard_deviation > 0)) {
    return undefined;
  }
  // A decile of n values lies about 0.4/√n from its place, so nine of them on average 0.32/√n.
  const noise = 0.32 / Math.sqrt(profile.count);
  const measure =
    values.deciles?.length === 9
      ? decileMisfit(createReferenceCdf(reference), values.deciles)
      : momentMisfit(reference, values, profile.count);
  const misfitBefore = measure({ description: "unchanged", factor: 1, offset: 0 });
  let best: RecognisedChange | undefined;
  for (const change of UNIT_CHANGES) {
    const misfitAfter = measure(change);
    if (best === undefined || misfitAfter < best.misfitAfter) {
      best = { change, misfitBefore, misfitAfter, confidence: 0 };
    }
  }
  // Undoing the change must bring the window home, and it must have been well away before.
  const tolerance = LARGEST_MISFIT + 2 * noise;
  if (best === undefined || best.misfitAfter > tolerance || misfitBefore < 3 * best.misfitAfter + 0.03) {
    return undefined;
  }
  const fit = 1 - best.misfitAfter / (2 * tolerance);
  return { ...best, confidence: Math.min(0.98, 0.75 + 0.25 * fit) };
}

function decileMisfit(cdf: (x: number) => number, deciles: readonly number[]) {
  return (change: UnitChange): number => {
    const restored = deciles.map((decile) => (decile - change.offset) / change.factor);
    if (change.factor < 0) restored.reverse();
    return restored.reduce((sum, x, i) => sum + Math.abs(cdf(x) - (i + 1) / 10), 0) / 9;
  };
}

function momentMisfit(
  reference: NumericReference,
  values: NonNullable<FeatureProfile["numeric"]>,
  count: number,
) {
  const mean = values.sum / count;
  const deviation = Math.sqrt(Math.max(0, values.sumSquares / count - mean * mean));
  return (change: UnitChange): number => {
    const restoredMean = (mean - change.offset) / change.factor;
    const restoredDeviation = deviation / Math.abs(change.factor);
    const byMean = Math.abs(restoredMean - reference.mean) / reference.standard_deviation;
    const byDeviation = Math.abs(
      Math.log(Math.max(restoredDeviation, 1e-300) / reference.standard_deviation),
    );
    // A shift of one standard deviation moves the distribution function by about a quarter on average.
    return Math.min(0.5, (byMean + byDeviation) / 4);
  };
}
