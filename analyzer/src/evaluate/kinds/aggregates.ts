import {
  emptyBinaryAggregate,
  emptyMulticlassAggregate,
  emptyRegressionAggregate,
  type PerformanceAggregate,
} from "@leeway/core/performance";
import type { Task } from "@leeway/core/records";

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
