import { z } from "zod";
import { fUpperQuantile, fUpperTail } from "./f-distribution.ts";

/** dispersionSchema says how much a statistic moves between windows of the reference beyond what sampling explains. */
export const dispersionSchema = z.object({
  /** Between-window variance, in squared units of the statistic, as the reference windows show it, shrunk towards a small prior. */
  variance: z.number(),
  /** Correlation of that component from one window to the next, 0…0.95. */
  correlation: z.number(),
  /** Reference windows it was learned from. */
  windows: z.number(),
  /** Reference windows behind each baseline: all of them, or those of the same hour or weekday. */
  baseline_windows: z.number(),
});

export type Dispersion = z.infer<typeof dispersionSchema>;

/** ReferenceDeviation is one reference window against all the others: what it deviated by, and by how much sampling alone would. */
export interface ReferenceDeviation {
  /** Squared deviation (a distance, or the square of a contrast). */
  squared: number;
  /** What `squared` is expected to be where only sampling differs. */
  samplingLevel: number;
  /** Inner product of this window's deviation with the next one's; absent where the next window is missing. */
  productWithNext?: number;
}

// The prior counts as this many windows, for the variance and for its uncertainty: four windows alone say little.
const PRIOR_WINDOWS = 4;
const PRIOR_DEGREES = 6;

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
  // A window left out is held against a baseline of one window fewer, whose own wandering adds to the deviation.
  const leaveOneOut = 1 + 1 / Math.max(1, baselineWindows - 1);
  const excess =
    deviations.reduce((sum, deviation) => sum + deviation.squared - deviation.samplingLevel, 0) / leaveOneOut;
  const observed = Math.max(0, windows === 0 ? 0 : excess / windows);
  const variance = (windows * observed + PRIOR_WINDOWS * priorVariance) / (windows + PRIOR_WINDOWS);
  const products = deviations.flatMap((deviation) => deviation.productWithNext ?? []);
  const covariance = products.reduce((sum, product) => sum + product, 0) / Math.max(1, products.length);
  const correlation = products.length < 3 ? 0 : covariance / (observed + priorVariance);
  return {
    variance,
    correlation: Math.min(0.95, Math.max(0, correlation)),
    windows,
    baseline_windows: baselineWindows,
  };
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
 * window-to-window variation add up: a scaled F variable whose degrees are matched by moments (Satterthwaite), the denominator growing
 * with the number of effectively independent reference windows, so that few windows give wide bars as Student's t does. O(√degrees).
 */
export function judgeDeviation(input: {
  squared: number;
  samplingLevel: number;
  degrees: number;
  dispersion: Dispersion;
}): DeviationJudgement {
  const { squared, samplingLevel, degrees, dispersion } = input;
  const effectiveWindows = effectiveWindowCount(dispersion);
  // Slow variation is seen too small from inside a short reference, and moves the reference's own level too.
  const between =
    (dispersion.variance * (1 + 1 / Math.max(1, dispersion.baseline_windows))) /
    (1 - 1 / Math.max(2, effectiveWindows));
  const level = samplingLevel + between;
  const spread = (2 * samplingLevel * (samplingLevel + 2 * between)) / degrees + 2 * between * between;
  const numerator = Math.min(degrees, (2 * level * level) / spread);
  const denominator = (effectiveWindows + PRIOR_DEGREES) * (level / between) ** 2;
  return {
    pCalibrated: fUpperTail(squared / level, numerator, denominator),
    level,
    correlation: (dispersion.correlation * between) / level,
    barAt: (tail) => level * fUpperQuantile(tail, numerator, denominator),
  };
}

/** effectiveWindowCount returns how many independent windows the reference is worth: n·(1−r)/(1+r) for first-order correlation r. O(1). */
export function effectiveWindowCount(dispersion: Dispersion): number {
  const { windows, correlation } = dispersion;
  return windows === 0 ? 0 : Math.max(1, (windows * (1 - correlation)) / (1 + correlation));
}
