import { type BinaryAggregate, emptyBinaryAggregate } from "./binary-aggregate.ts";
import { CALIBRATION_BINS, calibrationBin } from "./calibration.ts";
import { addLoss } from "./loss-sums.ts";
import { brierOf, isProbability, logLossOf } from "./row-loss.ts";
import { createScoreHistogram } from "./score-histogram.ts";

/** BinaryRows are labelled rows of a binary classifier as parallel columns; `predicted` defaults to score >= threshold (0.5). */
export interface BinaryRows {
  labels: ArrayLike<number>;
  scores: ArrayLike<number>;
  predicted?: ArrayLike<number>;
  threshold?: number;
  weights?: ArrayLike<number>;
}

/** aggregateBinaryRows returns the aggregate of rows held in memory, equal to what SQL computes from the stored ones. O(n). */
export function aggregateBinaryRows(rows: BinaryRows): BinaryAggregate {
  const { labels, scores, predicted, threshold = 0.5, weights } = rows;
  const aggregate = emptyBinaryAggregate();
  const byScore = new Map<number, [number, number]>();
  const coarse = {
    counts: new Float64Array(CALIBRATION_BINS),
    positives: new Float64Array(CALIBRATION_BINS),
    scoreSums: new Float64Array(CALIBRATION_BINS),
  };
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] === 1 ? 1 : 0;
    const score = scores[i]!;
    const weight = weights?.[i] ?? 1;
    aggregate.weightSum += weight;
    aggregate.weightSquareSum += weight * weight;
    const given = predicted?.[i];
    if (given !== undefined || !Number.isNaN(score)) {
      countOutcome(aggregate, label, given === undefined ? score >= threshold : given === 1, weight);
    }
    if (!isProbability(score)) {
      if (!Number.isNaN(score)) aggregate.invalidScores += weight;
      continue;
    }
    addLoss(aggregate.logLoss, logLossOf(label, score), weight);
    addLoss(aggregate.brier, brierOf(label, score), weight);
    addLoss(aggregate.calibrationError, score - label, weight);
    const classes = byScore.get(score) ?? [0, 0];
    classes[label === 1 ? 0 : 1] += weight;
    byScore.set(score, classes);
    const bin = calibrationBin(score);
    coarse.counts[bin]! += weight;
    coarse.positives[bin]! += weight * label;
    coarse.scoreSums[bin]! += weight * score;
  }
  aggregate.scoreHistogram = createScoreHistogram(byScore);
  for (let bin = 0; bin < CALIBRATION_BINS; bin++) {
    if (coarse.counts[bin] === 0) continue;
    aggregate.calibration.bins.push(bin);
    aggregate.calibration.counts.push(coarse.counts[bin]!);
    aggregate.calibration.positives.push(coarse.positives[bin]!);
    aggregate.calibration.scoreSums.push(coarse.scoreSums[bin]!);
  }
  return aggregate;
}

function countOutcome(
  aggregate: BinaryAggregate,
  label: number,
  predictedPositive: boolean,
  weight: number,
): void {
  const { confusion } = aggregate;
  if (label === 1 && predictedPositive) confusion.truePositive += weight;
  else if (label === 1) confusion.falseNegative += weight;
  else if (predictedPositive) confusion.falsePositive += weight;
  else confusion.trueNegative += weight;
}
