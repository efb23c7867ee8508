import type { ConfusionCell } from "./confusion-cell.ts";

/** ConfusionMatrix counts rows by true class (rows) and predicted class (columns), both in the order of `classes`. */
export interface ConfusionMatrix {
  classes: string[];
  counts: number[][];
  /** Rows per true class, and per predicted class. */
  truthTotals: number[];
  predictedTotals: number[];
  total: number;
}

/** confusionMatrix returns the dense matrix over the union of true and predicted classes, in code-unit order. O(cells + classes²). */
export function confusionMatrix(cells: readonly ConfusionCell[], scale = 1): ConfusionMatrix {
  const classes = [...new Set(cells.flatMap((cell) => [cell.truth, cell.predicted]))].sort();
  const index = new Map(classes.map((name, i) => [name, i]));
  const counts = classes.map(() => new Array<number>(classes.length).fill(0));
  const truthTotals = new Array<number>(classes.length).fill(0);
  const predictedTotals = new Array<number>(classes.length).fill(0);
  let total = 0;
  for (const cell of cells) {
    const count = cell.count * scale;
    const truth = index.get(cell.truth)!;
    const predicted = index.get(cell.predicted)!;
    counts[truth]![predicted]! += count;
    truthTotals[truth]! += count;
    predictedTotals[predicted]! += count;
    total += count;
  }
  return { classes, counts, truthTotals, predictedTotals, total };
}
