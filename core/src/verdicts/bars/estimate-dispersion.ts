import type { Dispersion } from "../../evaluation/index.ts";
import { averageOf, chiSquareUpperTail, valueOr } from "../../statistics/index.ts";
import { fUpperQuantile, fUpperTail } from "../../statistics/special/f-distribution.ts";

/** ReferenceDeviation is one reference window against all the others: what it deviated by, and by how much sampling alone would. */
export interface ReferenceDeviation {
  /** Squared deviation (a distance, or the square of a contrast). */
  squared: number;
  /** What `squared` is expected to be where only sampling differs. */
  samplingLevel: number;
  /** Degrees of freedom of `squared`; 1 of a contrast. */
  degrees?: number;
  /** Inner product of this window's deviation with the next one's; absent where the next window is missing. */
  productWithNext?: number;
}

// The prior variance counts as this many windows: four windows alone say little.
export const PRIOR_WINDOWS = 4;
// Degrees of freedom of the variance: those of a reference without windows (the documented margin), and what the prior adds to any other.
const DEGREES_WITHOUT_WINDOWS = 8;
export const PRIOR_DEGREES = 2;
// A variance too small to be seen may still be slow: its correlation is taken as this until windows say otherwise.
export const PRIOR_CORRELATION = 0.5;

/**
 * estimateDispersion returns the between-window variance of a statistic by the method of moments, shrunk towards `priorVariance` where
 * windows are few; without any window it is the prior. O(windows). Source: DerSimonian & Laird 1986, with an inverse-gamma-like prior.
 */
export function estimateDispersion(
  deviations: readonly ReferenceDeviation[],
  options: { priorVariance: number; baselineWindows: number },
): Dispersion {
  const windows = deviations.length;
  const { priorVariance, baselineWindows } = options;
  // A window left out is compared with a baseline of one window fewer, whose own wandering adds to the deviation.
  const leaveOneOut = 1 + 1 / Math.max(1, baselineWindows - 1);
  const excess =
    deviations.reduce((sum, deviation) => sum + deviation.squared - deviation.samplingLevel, 0) / leaveOneOut;
  const observed = Math.max(0, windows === 0 ? 0 : excess / windows);
  const variance = (windows * observed + PRIOR_WINDOWS * priorVariance) / (windows + PRIOR_WINDOWS);
  const products = deviations.flatMap((deviation) => deviation.productWithNext ?? []);
  const covariance = valueOr(averageOf(products), 0);
  // How much of the variance the windows themselves show: where they stand still there is nothing whose correlation could be underrated.
  const seen = observed / (observed + priorVariance);
  const correlation =
    products.length < 3
      ? PRIOR_CORRELATION
      : (Math.max(0, covariance) + PRIOR_CORRELATION * priorVariance) / (observed + priorVariance) +
        // One standard error: too low a correlation breaks the budget, too high a one costs a window's delay.
        Math.sqrt(seen / products.length);
  const bounded = Math.min(0.95, Math.max(0, correlation));
  return {
    variance,
    correlation: bounded,
    windows,
    baseline_windows: baselineWindows,
    baseline_share: baselineShare(windows, bounded, baselineWindows),
    degrees: varianceDegrees(windows, bounded),
  };
}

// Slow variation is seen too small from inside a short reference, and moves the reference's own level too.
function baselineShare(windows: number, correlation: number, baselineWindows: number): number {
  const effective = windows === 0 ? 0 : (windows * (1 - correlation)) / (1 + correlation);
  return (1 + 1 / Math.max(1, baselineWindows)) / (1 - 1 / Math.max(2, effective)) - 1;
}

// A variance learns from correlated windows faster than a mean does: the squares of deviations have the square of their correlation.
function varianceDegrees(windows: number, correlation: number): number {
  const squared = correlation ** 2;
  return windows === 0 ? DEGREES_WITHOUT_WINDOWS : PRIOR_DEGREES + (windows * (1 - squared)) / (1 + squared);
}

/** DeviationJudgement is how improbable a deviation is under the reference's own variation, and where the bars lie. */
export interface DeviationJudgement {
  /** Upper tail under sampling and between-window variation together. */
  pCalibrated: number;
  /** Expected squared deviation: sampling and between-window variation together. */
  level: number;
  /** Correlation of the whole deviation (sampling included) from window to window. */
  correlation: number;
  /** The squared deviation at a tail probability. */
  barAt(tail: number): number;
}

/**
 * judgeDeviation decides how improbable a squared deviation is when sampling (`samplingLevel`, `degrees`) and the reference's own
 * window-to-window variation add up. Few windows give wide bars, as with Student's t. A contrast (one degree) is a scaled t² whose degrees are matched
 * by moments (Satterthwaite). For a distance the two parts are bounded apart, because what wanders is mostly one direction (a level):
 * its tail is that of one squared t, far heavier than that of a χ² with the degrees of the bins. O(√degrees).
 */
export function judgeDeviation(input: {
  squared: number;
  samplingLevel: number;
  degrees: number;
  dispersion: Dispersion;
}): DeviationJudgement {
  const { squared, samplingLevel, degrees, dispersion } = input;
  const { variance, correlation: memory, baseline_share: share, degrees: windowDegrees } = dispersion;
  const between = variance * (1 + share);
  const level = samplingLevel + between;
  // What passes a bar has mostly moved in one direction, and the baseline's own error is the same in every window.
  const direction = samplingLevel / degrees + between;
  const correlation = (((memory + share) / (1 + share)) * between) / direction;
  if (degrees === 1) {
    const denominator = windowDegrees * (level / between) ** 2;
    return {
      pCalibrated: fUpperTail(squared / level, 1, denominator),
      level,
      correlation,
      barAt: (tail) => level * fUpperQuantile(tail, 1, denominator),
    };
  }
  const parts = { sampling: samplingLevel / degrees, degrees, between, windowDegrees };
  return {
    pCalibrated: sumTail(squared, parts),
    level,
    correlation,
    // Half of the tail to each part: above this bar the sum of both is improbable, whatever their mixture.
    barAt: (tail) =>
      parts.sampling * degrees * fUpperQuantile(tail / 2, degrees, Number.POSITIVE_INFINITY) +
      between * fUpperQuantile(tail / 2, 1, windowDegrees),
  };
}

// P(A + B > x) ≤ P(A > u·x) + P(B > (1 − u)·x) for every u: the smallest over a few.
function sumTail(
  x: number,
  parts: { sampling: number; degrees: number; between: number; windowDegrees: number },
): number {
  let smallest = 1;
  for (let share = 0.05; share < 1; share += 0.1) {
    const sampling = chiSquareUpperTail((share * x) / parts.sampling, parts.degrees);
    const between = fUpperTail(((1 - share) * x) / parts.between, 1, parts.windowDegrees);
    smallest = Math.min(smallest, sampling + between);
  }
  return smallest;
}
