import type { Model, Reference } from "../records/index.ts";
import { LARGEST_VALUE } from "./aggregate-regression-rows.ts";

/** PerformanceTask says how outputs and labels are read: which class is the positive one (undefined while that is not known), or about which anchor moments are taken. */
export type PerformanceTask =
  | { task: "binary"; positiveClass: string | undefined; threshold: number }
  | { task: "multiclass" }
  | { task: "regression"; anchor: number };

const THRESHOLD = 0.5;

/**
 * performanceTask returns how a model's outputs and labels are read. `anchor` is the mean output of a regressor's reference, so that sums about it
 * stay exact; it changes no result. A language model is judged by the values that it and its labels carry.
 *
 * @example performanceTask({ task: "binary" }, 0) // { task: "binary", positiveClass: undefined, threshold: 0.5 }
 */
export function performanceTask(
  model: Pick<Model, "task" | "positive_class">,
  anchor: number,
): PerformanceTask {
  switch (model.task) {
    case "binary":
      return { task: "binary", positiveClass: model.positive_class, threshold: THRESHOLD };
    case "multiclass":
      return { task: "multiclass" };
    case "regression":
    case "llm":
      return { task: "regression", anchor };
    default:
      return model.task satisfies never;
  }
}

/**
 * performanceAnchor returns the anchor of a regressor's sums: the mean output of its reference, or 0 where there is none or it is too large for a sum
 * of squares. O(1).
 *
 * @example performanceAnchor(undefined) // 0
 */
export function performanceAnchor(reference: Pick<Reference, "prediction"> | undefined): number {
  const mean = reference?.prediction?.numeric?.mean ?? 0;
  return Math.abs(mean) <= LARGEST_VALUE ? mean : 0;
}
