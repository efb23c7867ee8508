import { type BinaryAggregate, mergeBinaryAggregates } from "./binary-aggregate.ts";
import { type MulticlassAggregate, mergeMulticlassAggregates } from "./multiclass-aggregate.ts";
import { mergeRegressionAggregates, type RegressionAggregate } from "./regression-aggregate.ts";

/** PerformanceAggregate is the additive aggregate of a set of labelled rows, of whichever task. */
export type PerformanceAggregate = BinaryAggregate | MulticlassAggregate | RegressionAggregate;

/** mergeAggregates returns the aggregate of all rows of several windows of one model, undefined for none. O(windows · buckets). */
export function mergeAggregates(
  aggregates: readonly PerformanceAggregate[],
): PerformanceAggregate | undefined {
  return aggregates.reduce<PerformanceAggregate | undefined>(
    (sum, aggregate) => (sum === undefined ? aggregate : mergeTwo(sum, aggregate)),
    undefined,
  );
}

function mergeTwo(a: PerformanceAggregate, b: PerformanceAggregate): PerformanceAggregate {
  if (a.task === "binary" && b.task === "binary") return mergeBinaryAggregates(a, b);
  if (a.task === "multiclass" && b.task === "multiclass") return mergeMulticlassAggregates(a, b);
  if (a.task === "regression" && b.task === "regression") return mergeRegressionAggregates(a, b);
  // The model's task was changed between the two: the later roll-up is the one that means something.
  return b;
}
