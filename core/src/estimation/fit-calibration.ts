import { mergeScoreHistograms, type ScoreHistogram } from "../performance/index.ts";
import { calibrateScore, fitIsotonic, type IsotonicCalibration } from "./isotonic.ts";

/**
 * ScoreCalibration is how scores are turned into probabilities, and why: `isotonic` where that lowered the calibration error in every fold
 * of the reference, else `as_is` (an empty calibration). The errors are expected calibration errors on held-out folds.
 */
export interface ScoreCalibration {
  method: "isotonic" | "as_is";
  map: IsotonicCalibration;
  rows: number;
  errorBefore: number | null;
  errorAfter: number | null;
  reason: string;
}

const FOLDS = 3;
/** MINIMUM_CALIBRATION_ROWS is how many labelled reference rows isotonic calibration needs. */
export const MINIMUM_CALIBRATION_ROWS = 300;

const AS_IS: IsotonicCalibration = { scores: [], probabilities: [], rows: [] };

/**
 * fitCalibration returns the calibration of a model's scores from its labelled reference windows, in order of time. Isotonic calibration
 * is kept only where it lowers the expected calibration error in each of three held-out folds of windows: a well-calibrated model would
 * otherwise only gain noise. Needs three windows and 300 labels, else the scores are taken as they are. O(windows · scores).
 */
export function fitCalibration(windows: readonly ScoreHistogram[]): ScoreCalibration {
  const filled = windows.filter((window) => window.scores.length > 0);
  const rows = filled.reduce((sum, window) => sum + rowsOf(window), 0);
  if (filled.length < FOLDS || rows < MINIMUM_CALIBRATION_ROWS) {
    const reason = `scores are taken as probabilities: calibrating them needs ${FOLDS} labelled reference windows with ${MINIMUM_CALIBRATION_ROWS} labels`;
    return { method: "as_is", map: AS_IS, rows, errorBefore: null, errorAfter: null, reason };
  }
  let before = 0;
  let after = 0;
  let isBetterEverywhere = true;
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = merged(filled.filter((_, i) => i % FOLDS === fold));
    const map = fitHistogram(merged(filled.filter((_, i) => i % FOLDS !== fold)));
    const heldBefore = calibrationErrorOf(held, AS_IS);
    const heldAfter = calibrationErrorOf(held, map);
    before += heldBefore / FOLDS;
    after += heldAfter / FOLDS;
    if (!(heldAfter < heldBefore)) isBetterEverywhere = false;
  }
  const numbers = `calibration error ${round(before)} as they are, ${round(after)} calibrated, on held-out windows`;
  return isBetterEverywhere
    ? {
        method: "isotonic",
        map: fitHistogram(merged(filled)),
        rows,
        errorBefore: before,
        errorAfter: after,
        reason: `scores are calibrated on the reference: ${numbers}`,
      }
    : {
        method: "as_is",
        map: AS_IS,
        rows,
        errorBefore: before,
        errorAfter: after,
        reason: `scores are taken as probabilities, calibrating does not help: ${numbers}`,
      };
}

function fitHistogram(histogram: ScoreHistogram): IsotonicCalibration {
  return fitIsotonic({
    scores: histogram.scores,
    positives: histogram.positives,
    rows: histogram.scores.map((_, i) => histogram.positives[i]! + histogram.negatives[i]!),
  });
}

function merged(windows: readonly ScoreHistogram[]): ScoreHistogram {
  return windows.reduce((sum, window) => mergeScoreHistograms(sum, window));
}

function rowsOf({ positives, negatives }: ScoreHistogram): number {
  return positives.reduce((sum, n) => sum + n, 0) + negatives.reduce((sum, n) => sum + n, 0);
}

/** calibrationErrorOf returns the expected calibration error of calibrated scores in ten bins of like numbers of rows. */
function calibrationErrorOf(histogram: ScoreHistogram, map: IsotonicCalibration): number {
  const total = rowsOf(histogram);
  let error = 0;
  let inBin = { rows: 0, positives: 0, probability: 0 };
  histogram.scores.forEach((score, i) => {
    const rows = histogram.positives[i]! + histogram.negatives[i]!;
    inBin.rows += rows;
    inBin.positives += histogram.positives[i]!;
    inBin.probability += rows * calibrateScore(map, score);
    if (inBin.rows >= total / 10 || i === histogram.scores.length - 1) {
      error += Math.abs(inBin.positives - inBin.probability) / total;
      inBin = { rows: 0, positives: 0, probability: 0 };
    }
  });
  return error;
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
