import type { PerformanceTask } from "@leeway/core/performance";
import type { QueryParameter } from "../client/query-parameter.ts";

/** taskParameters returns the bound parameters a task's SQL needs. */
export function taskParameters(task: PerformanceTask): Record<string, QueryParameter> {
  switch (task.task) {
    case "binary":
      // No class is named by the empty text: while the positive class is not known, no row is positive.
      return { positiveClass: task.positiveClass ?? "", threshold: task.threshold };
    case "multiclass":
      return {};
    case "regression":
      return { anchor: task.anchor };
    default:
      return task satisfies never;
  }
}
