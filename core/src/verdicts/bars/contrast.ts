import { regularizedGammaP } from "../../statistics/index.ts";
import { type FeatureSample, type RankScores, sampleTotal } from "./feature-sample.ts";

/** Contrast is the difference of one number between a window and its baseline, with its sampling variance. */
export interface Contrast {
  difference: number;
  samplingVariance: number;
}

/** Contrasts are a feature's directed differences; location only for numeric features with more than one value, spread only where it varies: not between two values as frequent as each other. */
export interface Contrasts {
  location?: Contrast;
  spread?: Contrast;
  missing: Contrast;
}

// A mere shift by δ moves ranks outwards too: by 0.616·δ² of the spread score for a normal column, while the location score moves by 0.977·δ.
const SPREAD_OF_A_SHIFT = 0.645;

// Of a continuous column it is about 1; what is left of 0 after rounding is no variance to divide by.
const SMALLEST_SPREAD_VARIANCE = 1e-6;

/**
 * contrastsOf returns by how much a window's mean rank score (location), mean squared-rank score (spread) and share of missing or
 * wrongly typed values differ from its baseline's. O(1).
 */
export function contrastsOf(
  baseline: FeatureSample,
  window: FeatureSample,
  scores: RankScores | undefined,
): Contrasts {
  const missing = absentContrast(absentRows(baseline), absentRows(window));
  if (scores === undefined || !(baseline.valid > 0 && window.valid > 0)) return { missing };
  const perRow = 1 / baseline.valid + 1 / window.valid;
  const score = (sum: "locationSum" | "spreadSum", variance: number): Contrast => ({
    difference: window[sum] / window.valid - baseline[sum] / baseline.valid,
    samplingVariance: variance * perRow,
  });
  if (!(scores.locationVariance > 0)) return { missing };
  const location = score("locationSum", scores.locationVariance);
  if (!(scores.spreadVariance > SMALLEST_SPREAD_VARIANCE)) return { missing, location };
  const spread = score("spreadSum", scores.spreadVariance);
  return {
    missing,
    location,
    spread: { ...spread, difference: spread.difference - SPREAD_OF_A_SHIFT * location.difference ** 2 },
  };
}

/** AbsentRows is how many of some rows lack a value, or hold one of another type. */
export interface AbsentRows {
  absent: number;
  rows: number;
}

/** absentRows returns how many of a sample's rows lack a value. O(1). */
export function absentRows(sample: FeatureSample): AbsentRows {
  return { absent: sample.missing + sample.wrongType, rows: sampleTotal(sample) };
}

/** absentContrast returns by how much the share of rows without a value differs from the baseline's. O(1). */
export function absentContrast(baseline: AbsentRows, window: AbsentRows): Contrast {
  const [m, n] = [baseline.rows, window.rows];
  if (!(n > 0 && m > 0)) return { difference: 0, samplingVariance: 1 };
  // One row of each kind is added, so that a feature that never missed a value still has a variance.
  const pooled = (baseline.absent + window.absent + 1) / (n + m + 2);
  return {
    difference: window.absent / n - baseline.absent / m,
    samplingVariance: pooled * (1 - pooled) * (1 / n + 1 / m),
  };
}

/** rareRateTail returns Poisson's upper tail of a window's rows without a value, 0 where they are fewer: the normal approximation of a rate fails where the baseline has next to none of them. O(√rows). */
export function rareRateTail(baseline: AbsentRows, window: AbsentRows): number {
  if (absentContrast(baseline, window).difference <= 0) return 0;
  const expected = (window.rows * (baseline.absent + 1)) / (baseline.rows + 1);
  return regularizedGammaP(Math.max(1, Math.round(window.absent)), expected);
}
