import type { LabelBias } from "./early-label-bias.ts";
import type { MulticlassAggregate } from "./multiclass-aggregate.ts";

type Corrected = Extract<LabelBias, { outcome: "corrected" }>;

/** labelFactors returns what a label of each class counts for, scaled so that all that came count as many as they are. O(classes). */
export function labelFactors(
  labels: readonly { name: string; count: number }[],
  bias: Corrected,
): ReadonlyMap<string, number> {
  const weightOf = (name: string) => bias.weights.get(name) ?? bias.restWeight;
  const count = labels.reduce((sum, one) => sum + one.count, 0);
  const weighed = labels.reduce((sum, one) => sum + one.count * weightOf(one.name), 0);
  return new Map(labels.map(({ name }) => [name, (weightOf(name) * count) / weighed]));
}

/**
 * widenWeighedAggregate returns an aggregate of labels that were weighed by class with as many fewer effective rows as the weights' own uncertainty costs: what
 * the shares of the classes may be off by, half the sum of (share · (1 − share))² · variance of the log odds, beside the variance of one row's being right. O(cells).
 */
export function widenWeighedAggregate(
  aggregate: MulticlassAggregate,
  { logOddsVariance }: Pick<Corrected, "logOddsVariance">,
): MulticlassAggregate {
  const total = aggregate.confusion.reduce((sum, { count }) => sum + count, 0);
  if (!(total > 0) || !(aggregate.weightSquareSum > 0)) return aggregate;
  const shares = new Map<string, number>();
  let right = 0;
  for (const { truth, predicted, count } of aggregate.confusion) {
    shares.set(truth, (shares.get(truth) ?? 0) + count / total);
    if (truth === predicted) right += count / total;
  }
  const ofShares = [...shares.values()].reduce((sum, share) => sum + (share * (1 - share)) ** 2, 0) / 2;
  // A window in which all or none are right would else have no variance to hold the shares' against.
  const ofRow = Math.max(0.05, right * (1 - right));
  const rows = aggregate.weightSum ** 2 / aggregate.weightSquareSum;
  const effectiveRows = 1 / (1 / rows + (ofShares * logOddsVariance) / ofRow);
  return { ...aggregate, weightSquareSum: aggregate.weightSum ** 2 / effectiveRows };
}
