import type { Model } from "@leeway/core/records";
import type { Store } from "@leeway/store";

type PerformanceTask = Parameters<Store["performance"]["paired"]>[2];

/** performanceTaskOf returns how a model's outputs and labels are read, or undefined for a task that has no loss to compare. */
export function performanceTaskOf(model: Model): PerformanceTask | undefined {
  switch (model.task) {
    case "binary":
      return { task: "binary", positiveClass: model.positive_class ?? "true", threshold: 0.5 };
    case "multiclass":
      return { task: "multiclass" };
    case "regression":
      return { task: "regression", anchor: 0 };
    case "llm":
      return undefined;
    default:
      return model.task satisfies never;
  }
}
