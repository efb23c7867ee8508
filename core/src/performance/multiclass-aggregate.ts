import { type CalibrationBins, emptyCalibrationBins, mergeCalibrationBins } from "./calibration.ts";
import type { ConfusionCell } from "./confusion-cell.ts";
import { emptyLossSums, type LossSums, mergeLossSums } from "./loss-sums.ts";
import { mergeSamplingWeights, type SamplingWeight } from "./sampling-weight.ts";
import { mergeScoreHistograms, type ScoreHistogram } from "./score-histogram.ts";
import { mergedSeen, type SeenOutputs } from "./sense/seen-outputs.ts";

/**
 * MulticlassAggregate is what a set of labelled rows of a multiclass classifier leaves behind: additive, so that hours sum to any window.
 * With `t` = the label, `c` = the predicted class (or the class of the largest score), `p` = the map of scores by class, `w` = the weight, SQL computes
 * - weightSum, weightSquareSum: `sum(w)`, `sum(w * w)` over labelled rows;
 * - confusion: `sum(w)` by (t, c);
 * - over rows whose `p` is not empty and lies in [0, 1]: logLoss and brier: LossSums of `-log(greatest(1e-15, least(1 - 1e-15, p[t])))` (p[t] = 0
 *   where the class has no score) and of `sum over k of pow(p[k] - (k = t), 2)` (plus 1 where t has no score); calibration: the columns of
 *   CalibrationBins over `score = p[c]`, `label = (t = c)`;
 * - scoreHistograms: per class k, the columns of ScoreHistogram over `score = p[k]`, `label = (t = k)`;
 * - invalidScores: `sumIf(w, p has a value outside [0, 1])`.
 */
export interface MulticlassAggregate extends SamplingWeight {
  task: "multiclass";
  confusion: ConfusionCell[];
  logLoss: LossSums;
  brier: LossSums;
  calibration: CalibrationBins;
  scoreHistograms: Record<string, ScoreHistogram>;
  invalidScores: number;
  /** What labels and predictions look like before any metric is asked for; absent of rows held in memory. */
  seen?: SeenOutputs;
}

/** emptyMulticlassAggregate returns the aggregate of no rows. */
export function emptyMulticlassAggregate(): MulticlassAggregate {
  return {
    task: "multiclass",
    weightSum: 0,
    weightSquareSum: 0,
    confusion: [],
    logLoss: emptyLossSums(),
    brier: emptyLossSums(),
    calibration: emptyCalibrationBins(),
    scoreHistograms: {},
    invalidScores: 0,
  };
}

/** mergeMulticlassAggregates returns the aggregate of both sets of rows; the order of merging does not matter. O(cells + buckets). */
export function mergeMulticlassAggregates(
  a: MulticlassAggregate,
  b: MulticlassAggregate,
): MulticlassAggregate {
  const histograms = new Map(Object.entries(a.scoreHistograms));
  for (const [name, histogram] of Object.entries(b.scoreHistograms)) {
    const mine = histograms.get(name);
    histograms.set(name, mine === undefined ? histogram : mergeScoreHistograms(mine, histogram));
  }
  return {
    task: "multiclass",
    ...mergeSamplingWeights(a, b),
    confusion: mergeCells(a.confusion, b.confusion),
    logLoss: mergeLossSums(a.logLoss, b.logLoss),
    brier: mergeLossSums(a.brier, b.brier),
    calibration: mergeCalibrationBins(a.calibration, b.calibration),
    scoreHistograms: Object.fromEntries(histograms),
    invalidScores: a.invalidScores + b.invalidScores,
    ...mergedSeen(a, b),
  };
}

function mergeCells(a: readonly ConfusionCell[], b: readonly ConfusionCell[]): ConfusionCell[] {
  const cells = new Map<string, ConfusionCell>();
  for (const cell of [...a, ...b]) {
    const key = JSON.stringify([cell.truth, cell.predicted]);
    const known = cells.get(key);
    cells.set(key, { ...cell, count: cell.count + (known?.count ?? 0) });
  }
  return [...cells.values()];
}
