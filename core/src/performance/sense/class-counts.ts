import type { ConfusionCell } from "../confusion-cell.ts";
import type { PerformanceAggregate } from "../merge-aggregates.ts";

/** ClassCounts are the rows of a classifier by true class, by predicted class and by both. */
export interface ClassCounts {
  truth: ReadonlyMap<string, number>;
  predicted: ReadonlyMap<string, number>;
  /** Labelled rows; the predicted class is empty where none was given. */
  cells: readonly ConfusionCell[];
}

/** classCountsOf returns which classes an aggregate's labels and predictions carry, and how often; of a regressor none. O(cells). */
export function classCountsOf(aggregate: PerformanceAggregate): ClassCounts {
  const cells = cellsOf(aggregate);
  const truth = new Map<string, number>();
  const predicted = new Map<string, number>();
  for (const cell of cells) {
    truth.set(cell.truth, (truth.get(cell.truth) ?? 0) + cell.count);
    if (cell.predicted !== "" && aggregate.seen === undefined)
      predicted.set(cell.predicted, (predicted.get(cell.predicted) ?? 0) + cell.count);
  }
  for (const { name, count } of aggregate.seen?.predicted ?? []) predicted.set(name, count);
  return { truth, predicted, cells };
}

function cellsOf(aggregate: PerformanceAggregate): readonly ConfusionCell[] {
  switch (aggregate.task) {
    case "binary":
      return aggregate.seen?.cells ?? [];
    case "multiclass":
      return aggregate.confusion;
    case "regression":
      return [];
    default:
      return aggregate satisfies never;
  }
}
