import {
  emptyBinaryAggregate,
  emptyMulticlassAggregate,
  emptyRegressionAggregate,
  mergeBinaryAggregates,
  mergeMulticlassAggregates,
  mergeRegressionAggregates,
} from "@leeway/core/performance";
import type { Task } from "@leeway/core/records";
import type { PerformanceAggregate } from "@leeway/core/verdicts";

/** emptyAggregate returns the aggregate of no labelled rows of a model with that task. */
export function emptyAggregate(task: Task): PerformanceAggregate {
  switch (task) {
    case "binary":
      return emptyBinaryAggregate();
    case "multiclass":
      return emptyMulticlassAggregate();
    case "regression":
    case "llm":
      return emptyRegressionAggregate(0);
    default:
      return task satisfies never;
  }
}

/** mergeAggregates returns the aggregate of all rows of several windows of one model, undefined for none. */
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
