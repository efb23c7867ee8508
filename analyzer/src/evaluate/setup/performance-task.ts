import type { Model, Reference } from "@leeway/core/records";
import type { PerformanceTask } from "@leeway/store";

const THRESHOLD = 0.5;

/** performanceTask returns how a model's outputs and labels are read. The anchor of a regressor is its reference's mean output, so that sums stay exact. */
export function performanceTask(model: Model, reference: Reference | undefined): PerformanceTask {
  switch (model.task) {
    case "binary":
      return { task: "binary", positiveClass: model.positive_class ?? "true", threshold: THRESHOLD };
    case "multiclass":
      return { task: "multiclass" };
    case "regression":
    case "llm":
      return { task: "regression", anchor: reference?.prediction?.numeric?.mean ?? 0 };
    default:
      return model.task satisfies never;
  }
}
