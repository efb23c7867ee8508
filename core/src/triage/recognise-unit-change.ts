import type { FeatureProfile } from "../profile/index.ts";
import { createReferenceCdf, decileMisfit, type NumericReference } from "./reference-cdf.ts";
import { UNIT_CHANGES, type UnitChange } from "./unit-changes.ts";

/** RecognisedChange is a restatement that explains a window's numbers, with how well it does. */
export interface RecognisedChange {
  change: UnitChange;
  /** Another one that explains the numbers nearly as well. */
  alternative?: UnitChange;
  /** Mean absolute difference of distribution functions at the window's deciles, before and after undoing the change. */
  misfitBefore: number;
  misfitAfter: number;
  confidence: number;
}

/** OwnMisfits is what windows of the reference are like beside others of their season. */
export interface OwnMisfits {
  /** Distribution function of the season. */
  cdf: (x: number) => number;
  usual_misfit: number;
  minima: readonly [number, number];
  maxima: readonly [number, number];
  /** Between what the distances of the first and the ninth decile of its windows lie. */
  spreads?: readonly [number, number] | undefined;
}

const SMALLEST_WINDOW = 30;
// What windows of a real stream differ by beside sampling.
const LARGEST_MISFIT = 0.015;
// Extremes of windows vary: half as far beyond those of the reference's windows is still among them.
const EXTREMES_MARGIN = 0.5;

/**
 * recogniseUnitChange returns the known restatement (a factor, °C/°F/K, a flipped sign) that turns the reference's distribution into the
 * window's, or undefined where none fits. The window's deciles are restated back and looked up in the reference's distribution
 * function: where the change is right they come out near 10 %…90 %, and the extremes among those of the reference. Without deciles, mean and standard
 * deviation must both change by the same factor. With `own`, the season takes the reference's place, and a window may be off by as much as one of the
 * reference is from its season. O(changes · log bins).
 */
export function recogniseUnitChange(
  reference: NumericReference,
  profile: FeatureProfile,
  own?: OwnMisfits,
): RecognisedChange | undefined {
  const values = profile.numeric;
  if (values === undefined || profile.count < SMALLEST_WINDOW || !(reference.standard_deviation > 0)) {
    return undefined;
  }
  // A decile of n values lies about 0.4/√n from its place, so nine of them on average 0.32/√n.
  const noise = 0.32 / Math.sqrt(profile.count);
  const { deciles } = values;
  const measure =
    deciles?.length === 9
      ? (change: UnitChange) =>
          decileMisfit(own?.cdf ?? createReferenceCdf(reference), restored(deciles, change))
      : momentMisfit(reference, values, profile.count);
  const misfitBefore = measure({ description: "unchanged", factor: 1, offset: 0 });
  const sampling = LARGEST_MISFIT + 2 * noise;
  const tolerance = own === undefined ? sampling : ownTolerance(own.usual_misfit);
  if (misfitBefore < (own === undefined ? 0 : FARTHER * own.usual_misfit + 0.03)) return undefined;
  const fits = UNIT_CHANGES.filter(
    (change) => fitsExtremes(change, values, reference, own) && fitsSpread(change, deciles, own?.spreads),
  )
    .map((change) => ({ change, misfitAfter: measure(change) }))
    .sort((a, b) => a.misfitAfter - b.misfitAfter);
  const [best, second] = fits;
  if (best === undefined) return undefined;
  const { change, misfitAfter } = best;
  // Undoing the change must bring the window home, and it must have been well away before.
  if (misfitAfter > (isNearOne(change) ? 0.005 + noise : tolerance)) return undefined;
  if (misfitBefore < (misfitAfter <= sampling ? 3 : 2) * misfitAfter + 0.03) return undefined;
  const isClose = second !== undefined && second.misfitAfter - misfitAfter < 2 * noise;
  return {
    change,
    ...(isClose ? { alternative: second.change } : {}),
    misfitBefore,
    misfitAfter,
    confidence: Math.min(0.98, 1 - 0.25 * (misfitAfter / (2 * tolerance))),
  };
}

// A market that grows by a third does what a factor of 4/3 would do.
function isNearOne({ factor, offset }: UnitChange): boolean {
  return offset === 0 && factor > 2 / 3 && factor < 3 / 2;
}

// Windows of a steady column are all near it; where they usually are far off, a restated one is no farther.
function ownTolerance(usual: number): number {
  return Math.max(0.02, usual, Math.min(1.7 * usual, 0.05));
}

// How much farther than windows of the reference usually are from their season.
const FARTHER = 1.5;

function restored(values: readonly number[], change: UnitChange): number[] {
  const back = values.map((value) => (value - change.offset) / change.factor);
  return change.factor < 0 ? back.reverse() : back;
}

function fitsExtremes(
  change: UnitChange,
  { minimum, maximum }: { minimum: number; maximum: number },
  reference: NumericReference,
  own: OwnMisfits | undefined,
): boolean {
  const [low, high] = restored([minimum, maximum], change) as [number, number];
  const span = reference.maximum - reference.minimum;
  if (own === undefined) {
    return low >= reference.minimum - 0.1 * span && high <= reference.maximum + 0.1 * span;
  }
  const isAmong = (value: number, [least, most]: readonly [number, number]) => {
    const margin = EXTREMES_MARGIN * (most - least) + 0.01 * span;
    return value >= least - margin && value <= most + margin;
  };
  return isAmong(low, own.minima) && isAmong(high, own.maxima);
}

// Another unit stretches the values: a level that moved leaves them as far apart as they were.
function fitsSpread(
  { factor }: UnitChange,
  deciles: readonly number[] | undefined,
  [least, most]: readonly [number, number] = [0, Number.POSITIVE_INFINITY],
): boolean {
  if (deciles?.length !== 9) return true;
  const spread = Math.abs((deciles[8]! - deciles[0]!) / factor);
  return spread >= least / SPREAD_MARGIN && spread <= most * SPREAD_MARGIN;
}

const SPREAD_MARGIN = 1.15;

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

/** changeWords returns a restatement in words, with the other one that fits as well. O(1). */
export function changeWords({
  change,
  alternative,
}: Pick<RecognisedChange, "change" | "alternative">): string {
  return `${change.description}${alternative === undefined ? "" : `, or ${alternative.description}`}`;
}
