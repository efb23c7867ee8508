import { CALIBRATION_BINS, calibrationBin } from "./calibration.ts";
import { addLoss } from "./loss-sums.ts";
import { emptyMulticlassAggregate, type MulticlassAggregate } from "./multiclass-aggregate.ts";
import { isProbability, logLossOf } from "./row-loss.ts";
import { createScoreHistogram } from "./score-histogram.ts";
import { sparseFromMap } from "./sparse-columns.ts";

/** MulticlassRow is one labelled row: the true class, the predicted class, and the scores by class where the model gives them. */
export interface MulticlassRow {
  label: string;
  predicted: string;
  scores?: Readonly<Record<string, number>>;
  weight?: number;
}

/** aggregateMulticlassRows returns the aggregate of rows held in memory, equal to what SQL computes from the stored ones. O(n · classes). */
export function aggregateMulticlassRows(rows: readonly MulticlassRow[]): MulticlassAggregate {
  const aggregate = emptyMulticlassAggregate();
  const cells = new Map<string, Map<string, number>>();
  const calibration = new Map<number, [number, number, number]>();
  const histograms = new Map<string, Map<number, [number, number]>>();
  for (const row of rows) {
    const weight = row.weight ?? 1;
    aggregate.weightSum += weight;
    aggregate.weightSquareSum += weight * weight;
    const byPredicted = cells.get(row.label) ?? new Map<string, number>();
    byPredicted.set(row.predicted, (byPredicted.get(row.predicted) ?? 0) + weight);
    cells.set(row.label, byPredicted);
    const scores = Object.entries(row.scores ?? {});
    if (scores.length === 0) continue;
    if (!scores.every(([, score]) => isProbability(score))) {
      aggregate.invalidScores += weight;
      continue;
    }
    let brier = row.scores?.[row.label] === undefined ? 1 : 0;
    for (const [name, score] of scores) {
      const isLabel = name === row.label;
      brier += (score - (isLabel ? 1 : 0)) ** 2;
      const byScore = histograms.get(name) ?? new Map<number, [number, number]>();
      const classes = byScore.get(score) ?? [0, 0];
      classes[isLabel ? 0 : 1] += weight;
      byScore.set(score, classes);
      histograms.set(name, byScore);
    }
    addLoss(aggregate.logLoss, logLossOf(1, row.scores?.[row.label] ?? 0), weight);
    addLoss(aggregate.brier, brier, weight);
    addToCalibration(calibration, row, weight);
  }
  aggregate.confusion = [...cells].flatMap(([truth, byPredicted]) =>
    [...byPredicted].map(([predicted, count]) => ({ truth, predicted, count })),
  );
  const bins = sparseFromMap(calibration, 3);
  const [counts, positives, scoreSums] = bins.columns as [number[], number[], number[]];
  aggregate.calibration = { bins: bins.keys, counts, positives, scoreSums };
  aggregate.scoreHistograms = Object.fromEntries(
    [...histograms].map(([name, byScore]) => [name, createScoreHistogram(byScore)]),
  );
  return aggregate;
}

function addToCalibration(
  bins: Map<number, [number, number, number]>,
  row: MulticlassRow,
  weight: number,
): void {
  const score = row.scores?.[row.predicted] ?? 0;
  const bin = Math.min(CALIBRATION_BINS - 1, calibrationBin(score));
  const sums = bins.get(bin) ?? [0, 0, 0];
  sums[0] += weight;
  sums[1] += row.label === row.predicted ? weight : 0;
  sums[2] += weight * score;
  bins.set(bin, sums);
}
