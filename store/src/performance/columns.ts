import type { ConfusionCell, LossSums, ScoreHistogram, ValueRange } from "@leeway/core/performance";
import { z } from "zod";

/** numbers reads an array of numbers, 64-bit ones as text included. */
export const numbers = z.array(z.coerce.number());

/** lossSums reads `[count, sum, sum of squares]`. */
export const lossSums = z
  .tuple([z.number(), z.number(), z.number()])
  .transform(([count, sum, sumOfSquares]): LossSums => ({ count, sum, sumOfSquares }));

/** scoreColumns reads the columns of a score histogram as `sumMap` yields them. */
export const scoreColumns = z.tuple([numbers, numbers, numbers]);

/** cellColumns reads rows by true and predicted class as `sumMap` yields them. */
export const cellColumns = z
  .tuple([z.array(z.tuple([z.string(), z.string()])), numbers])
  .transform(([pairs, counts]) =>
    pairs.map(([truth, predicted], i): ConfusionCell => ({ truth, predicted, count: counts[i] ?? 0 })),
  );

/** rangeColumn reads the smallest and largest of some numbers, null where there are none. */
export const rangeColumn = z
  .tuple([z.number().nullable(), z.number().nullable()])
  .transform(([low, high]): ValueRange | null => (low === null || high === null ? null : { low, high }));

/** toScoreHistogram returns core's histogram of columns whose scores ascend. */
export function toScoreHistogram(
  [scores, positives, negatives]: z.output<typeof scoreColumns>,
  isSnapped: boolean,
): ScoreHistogram {
  return { scores, positives, negatives, isSnapped };
}
