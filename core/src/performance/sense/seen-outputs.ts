import type { ConfusionCell } from "../confusion-cell.ts";
import { type LossSums, mergeLossSums } from "../loss-sums.ts";

/** ClassCount is how many rows carry a class. */
export interface ClassCount {
  name: string;
  count: number;
}

/** ValueRange is the smallest and the largest of some numbers. */
export interface ValueRange {
  low: number;
  high: number;
}

/**
 * SeenOutputs is what the labels and predictions of some rows look like before any metric is asked for. It is additive, as the aggregate that it belongs to.
 * The most frequent 200 classes and pairs of classes are named.
 */
export interface SeenOutputs {
  /** Labelled rows by true and predicted class; the predicted one is empty where none was given. Only of a binary model: others have it in their confusion. */
  cells: ConfusionCell[];
  /** Predictions by predicted class, with a label or without. */
  predicted: ClassCount[];
  /** Labels that came; of them those that hold no class or no number, as the task needs it, and those with a number too large to compute with. */
  labels: { came: number; unreadable: number; beyond: number };
  /** Predictions with a usable label that hold no output that the task needs, or one too large to compute with. */
  outputs: { missing: number; beyond: number };
  /** Of scores, or of a regressor's values; null where there are none. */
  outputRange: ValueRange | null;
  truthRange: ValueRange | null;
  /** Of a regressor's values less its anchor, over rows with a usable label; null of other tasks. */
  outputMoments: LossSums | null;
}

/** mergedSeen returns the `seen` of two aggregates as a field of their merger; no field where neither has one. O(classes). */
export function mergedSeen(
  { seen: a }: { seen?: SeenOutputs },
  { seen: b }: { seen?: SeenOutputs },
): { seen?: SeenOutputs } {
  const seen = a === undefined || b === undefined ? (a ?? b) : mergeSeenOutputs(a, b);
  return seen === undefined ? {} : { seen };
}

function mergeSeenOutputs(a: SeenOutputs, b: SeenOutputs): SeenOutputs {
  return {
    cells: sumBy([...a.cells, ...b.cells], ({ truth, predicted }) => JSON.stringify([truth, predicted])),
    predicted: sumBy([...a.predicted, ...b.predicted], ({ name }) => name),
    labels: {
      came: a.labels.came + b.labels.came,
      unreadable: a.labels.unreadable + b.labels.unreadable,
      beyond: a.labels.beyond + b.labels.beyond,
    },
    outputs: {
      missing: a.outputs.missing + b.outputs.missing,
      beyond: a.outputs.beyond + b.outputs.beyond,
    },
    outputRange: widest(a.outputRange, b.outputRange),
    truthRange: widest(a.truthRange, b.truthRange),
    outputMoments:
      a.outputMoments === null || b.outputMoments === null
        ? (a.outputMoments ?? b.outputMoments)
        : mergeLossSums(a.outputMoments, b.outputMoments),
  };
}

function sumBy<Item extends { count: number }>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Item[] {
  const byKey = new Map<string, Item>();
  for (const item of items) {
    const key = keyOf(item);
    byKey.set(key, { ...item, count: item.count + (byKey.get(key)?.count ?? 0) });
  }
  return [...byKey.values()];
}

function widest(a: ValueRange | null, b: ValueRange | null): ValueRange | null {
  if (a === null || b === null) return a ?? b;
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}
