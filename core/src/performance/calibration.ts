import { insufficientData } from "../statistics/index.ts";
import { DEFAULT_LEVEL, normalScale } from "./interval-scale.ts";
import type { Metric } from "./metric.ts";
import { wilsonBounds } from "./proportion-metric.ts";
import { mergeSparseColumns } from "./sparse-columns.ts";

/** CALIBRATION_BINS is the number of equal-width bins of the calibration curve and of the expected calibration error. */
export const CALIBRATION_BINS = 15;

/**
 * CalibrationBins sums rows by score bin, as parallel columns with ascending bins. SQL fills it with
 * `sumMap([bin], [1], [label], [score])` over `bin = least(14, floor(15 * score))`.
 */
export interface CalibrationBins {
  bins: number[];
  counts: number[];
  positives: number[];
  scoreSums: number[];
}

/** CalibrationPoint is one bin of the calibration curve: what was predicted there and what happened, with Wilson's interval. */
export interface CalibrationPoint {
  low: number;
  high: number;
  count: number;
  meanScore: number;
  observedRate: number;
  ciLow: number;
  ciHigh: number;
}

/** calibrationBin returns the bin 0..14 of a score, closed on the left. O(1). */
export function calibrationBin(score: number): number {
  return Math.min(CALIBRATION_BINS - 1, Math.floor(CALIBRATION_BINS * score));
}

/** emptyCalibrationBins returns the bins of no rows. */
export function emptyCalibrationBins(): CalibrationBins {
  return { bins: [], counts: [], positives: [], scoreSums: [] };
}

/** mergeCalibrationBins returns the bins of both sets of rows. */
export function mergeCalibrationBins(a: CalibrationBins, b: CalibrationBins): CalibrationBins {
  const merged = mergeSparseColumns(a.bins, [a.counts, a.positives, a.scoreSums], b.bins, [
    b.counts,
    b.positives,
    b.scoreSums,
  ]);
  return {
    bins: merged.keys,
    counts: merged.columns[0]!,
    positives: merged.columns[1]!,
    scoreSums: merged.columns[2]!,
  };
}

/** calibrationCurve returns the non-empty bins in ascending order of score. O(bins). */
export function calibrationCurve(bins: CalibrationBins, level = DEFAULT_LEVEL): CalibrationPoint[] {
  return bins.bins.map((bin, i) => {
    const count = bins.counts[i]!;
    const interval = wilsonBounds(bins.positives[i]!, count, level);
    return {
      low: bin / CALIBRATION_BINS,
      high: (bin + 1) / CALIBRATION_BINS,
      count,
      meanScore: bins.scoreSums[i]! / count,
      observedRate: bins.positives[i]! / count,
      ciLow: interval.low,
      ciHigh: interval.high,
    };
  });
}

/**
 * expectedCalibrationErrorMetric returns the expected calibration error Σ (n_b / n) |mean label − mean score| over 15 equal-width bins.
 * Range 0 (calibrated) to 1, lower is better. The estimate is biased upwards, by about Σ (n_b / n) √(2 v_b / (π n_b)) for a calibrated
 * model, v_b being the label variance of a bin; the lower bound takes that off, so that a small window of a good model reaches 0.
 * Source: Guo et al., ICML 2017; bias: Kumar, Liang & Ma, NeurIPS 2019. O(bins).
 */
export function expectedCalibrationErrorMetric(bins: CalibrationBins, level = DEFAULT_LEVEL): Metric {
  const count = bins.counts.reduce((sum, n) => sum + n, 0);
  if (!(count > 0)) return insufficientData("no labelled rows with a score");
  let value = 0;
  let bias = 0;
  let variance = 0;
  bins.counts.forEach((n, i) => {
    const observed = bins.positives[i]! / n;
    const labelVariance = Math.max(observed * (1 - observed), 1 / (4 * (n + 4)));
    value += Math.abs(bins.positives[i]! - bins.scoreSums[i]!) / count;
    bias += (n / count) * Math.sqrt((2 * labelVariance) / (Math.PI * n));
    variance += (n / count) ** 2 * (labelVariance / n);
  });
  const standardError = Math.sqrt(variance);
  const half = normalScale(level) * standardError;
  return {
    outcome: "ok",
    value,
    ciLow: Math.max(0, value - bias - half),
    ciHigh: Math.min(1, value + half),
    standardError,
    count,
    method: "delta",
  };
}

/** maximumCalibrationError returns the largest gap |mean label − mean score| of a bin, null without rows. O(bins). */
export function maximumCalibrationError(bins: CalibrationBins): number | null {
  let largest: number | null = null;
  bins.counts.forEach((n, i) => {
    largest = Math.max(largest ?? 0, Math.abs(bins.positives[i]! - bins.scoreSums[i]!) / n);
  });
  return largest;
}
