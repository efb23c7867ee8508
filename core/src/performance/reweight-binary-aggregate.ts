import type { BinaryAggregate } from "./binary-aggregate.ts";
import { calibrationBin } from "./calibration.ts";
import type { LossSums } from "./loss-sums.ts";
import { brierOf, logLossOf } from "./row-loss.ts";
import { sparseFromMap } from "./sparse-columns.ts";

/**
 * reweightBinaryAggregate returns the aggregate in which each label of a class counts by that class's weight, scaled to the labels there are: what all labels
 * will say, from a biased sample of them (see `assessLabelBias`). Losses are recomputed from the score histogram. Effective rows fall by the
 * unequal weights (Kish 1965) and by `logOddsVariance`, the variance of the log odds that the weights' own uncertainty adds. O(scores).
 *
 * @example reweightBinaryAggregate(aggregate, { positiveWeight: 1.1, negativeWeight: 2.4, logOddsVariance: 0.01 })
 */
export function reweightBinaryAggregate(
  aggregate: BinaryAggregate,
  weights: { positiveWeight: number; negativeWeight: number; logOddsVariance: number },
): BinaryAggregate {
  const { truePositive, falsePositive, falseNegative, trueNegative } = aggregate.confusion;
  const histogram = aggregate.scoreHistogram;
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const positives = Math.max(truePositive + falseNegative, total(histogram.positives));
  const negatives = Math.max(trueNegative + falsePositive, total(histogram.negatives));
  const weighted = positives * weights.positiveWeight + negatives * weights.negativeWeight;
  if (!(weighted > 0)) return aggregate;
  const scale = (positives + negatives) / weighted;
  const positive = weights.positiveWeight * scale;
  const negative = weights.negativeWeight * scale;
  const rate = (positives * positive) / (positives + negatives);
  // Squares of the weights in units of those there were, and what the uncertain odds add to the variance of a rate.
  const unequal = (positives * positive ** 2 + negatives * negative ** 2) / (positives + negatives);
  const rows = aggregate.weightSum ** 2 / Math.max(aggregate.weightSquareSum, Number.MIN_VALUE) / unequal;
  const effectiveRows = 1 / (1 / rows + rate * (1 - rate) * weights.logOddsVariance);
  const scoreHistogram = {
    ...histogram,
    positives: histogram.positives.map((count) => count * positive),
    negatives: histogram.negatives.map((count) => count * negative),
  };
  return {
    ...aggregate,
    weightSquareSum: aggregate.weightSum ** 2 / effectiveRows,
    confusion: {
      truePositive: truePositive * positive,
      falseNegative: falseNegative * positive,
      falsePositive: falsePositive * negative,
      trueNegative: trueNegative * negative,
    },
    scoreHistogram,
    logLoss: lossOver(scoreHistogram, logLossOf),
    brier: lossOver(scoreHistogram, brierOf),
    calibrationError: lossOver(scoreHistogram, (label, score) => score - label),
    calibration: binsOf(scoreHistogram),
  };
}

function lossOver(
  { scores, positives, negatives }: BinaryAggregate["scoreHistogram"],
  loss: (label: number, score: number) => number,
): LossSums {
  const sums = { count: 0, sum: 0, sumOfSquares: 0 };
  scores.forEach((score, i) => {
    for (const [label, count] of [
      [1, positives[i]!],
      [0, negatives[i]!],
    ] as const) {
      const value = loss(label, score);
      sums.count += count;
      sums.sum += count * value;
      sums.sumOfSquares += count * value * value;
    }
  });
  return sums;
}

function binsOf({
  scores,
  positives,
  negatives,
}: BinaryAggregate["scoreHistogram"]): BinaryAggregate["calibration"] {
  const bins = new Map<number, [number, number, number]>();
  scores.forEach((score, i) => {
    const bin = bins.get(calibrationBin(score)) ?? [0, 0, 0];
    const count = positives[i]! + negatives[i]!;
    bins.set(calibrationBin(score), [bin[0] + count, bin[1] + positives[i]!, bin[2] + count * score]);
  });
  const { keys, columns } = sparseFromMap(bins, 3);
  return { bins: keys, counts: columns[0]!, positives: columns[1]!, scoreSums: columns[2]! };
}
