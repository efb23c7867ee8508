import type { BinaryConfusion } from "./binary-confusion.ts";
import { type CalibrationBins, emptyCalibrationBins, mergeCalibrationBins } from "./calibration.ts";
import { emptyLossSums, type LossSums, mergeLossSums } from "./loss-sums.ts";
import { mergeSamplingWeights, type SamplingWeight } from "./sampling-weight.ts";
import { emptyScoreHistogram, mergeScoreHistograms, type ScoreHistogram } from "./score-histogram.ts";
import { mergedSeen, type SeenOutputs } from "./sense/seen-outputs.ts";

/**
 * BinaryAggregate is what a set of labelled rows of a binary classifier leaves behind: additive, so that hours sum to any window.
 * With `y` = 1 where the label is the positive class else 0, `p` = the score of the positive class, `c` = 1 where the predicted class is
 * the positive one (or, without a predicted class, where p >= threshold) else 0, and `w` = the row's sampling weight, SQL computes
 * - weightSum, weightSquareSum: `sum(w)`, `sum(w * w)` over labelled rows;
 * - confusion: `sumIf(w, y = 1 and c = 1)` and so on, over rows with a predicted class or a score;
 * - over rows with `0 <= p and p <= 1` only: logLoss, brier, calibrationError: LossSums of `logLossOf(y, p)`, `pow(p - y, 2)`, `p - y`;
 *   scoreHistogram: see ScoreHistogram; calibration: `sumMap([bin], [w], [w * y], [w * p])`;
 * - invalidScores: `sumIf(w, p is given and not (0 <= p and p <= 1))`.
 * Labels that name no class (null) are not labelled rows.
 */
export interface BinaryAggregate extends SamplingWeight {
  task: "binary";
  confusion: BinaryConfusion;
  logLoss: LossSums;
  brier: LossSums;
  calibrationError: LossSums;
  scoreHistogram: ScoreHistogram;
  calibration: CalibrationBins;
  invalidScores: number;
  /** What labels and predictions look like before any metric is asked for; absent of rows held in memory. */
  seen?: SeenOutputs;
}

/** emptyBinaryAggregate returns the aggregate of no rows. */
export function emptyBinaryAggregate(): BinaryAggregate {
  return {
    task: "binary",
    weightSum: 0,
    weightSquareSum: 0,
    confusion: { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 },
    logLoss: emptyLossSums(),
    brier: emptyLossSums(),
    calibrationError: emptyLossSums(),
    scoreHistogram: emptyScoreHistogram(),
    calibration: emptyCalibrationBins(),
    invalidScores: 0,
  };
}

/** mergeBinaryAggregates returns the aggregate of both sets of rows; the order of merging does not matter. O(buckets). */
export function mergeBinaryAggregates(a: BinaryAggregate, b: BinaryAggregate): BinaryAggregate {
  return {
    task: "binary",
    ...mergeSamplingWeights(a, b),
    confusion: {
      truePositive: a.confusion.truePositive + b.confusion.truePositive,
      falsePositive: a.confusion.falsePositive + b.confusion.falsePositive,
      falseNegative: a.confusion.falseNegative + b.confusion.falseNegative,
      trueNegative: a.confusion.trueNegative + b.confusion.trueNegative,
    },
    logLoss: mergeLossSums(a.logLoss, b.logLoss),
    brier: mergeLossSums(a.brier, b.brier),
    calibrationError: mergeLossSums(a.calibrationError, b.calibrationError),
    scoreHistogram: mergeScoreHistograms(a.scoreHistogram, b.scoreHistogram),
    calibration: mergeCalibrationBins(a.calibration, b.calibration),
    invalidScores: a.invalidScores + b.invalidScores,
    ...mergedSeen(a, b),
  };
}
