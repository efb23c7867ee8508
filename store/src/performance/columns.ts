import type { LossSums, ScoreHistogram } from "@leeway/core/performance";
import { z } from "zod";

/** numbers reads an array of numbers, 64-bit ones as text included. */
export const numbers = z.array(z.coerce.number());

/** lossSums reads `[count, sum, sum of squares]`. */
export const lossSums = z
  .tuple([z.number(), z.number(), z.number()])
  .transform(([count, sum, sumOfSquares]): LossSums => ({ count, sum, sumOfSquares }));

/** scoreColumns reads the columns of a score histogram as `sumMap` yields them. */
export const scoreColumns = z.tuple([numbers, numbers, numbers]);

/** toScoreHistogram returns core's histogram of columns whose scores ascend. */
export function toScoreHistogram(
  [scores, positives, negatives]: z.output<typeof scoreColumns>,
  isSnapped: boolean,
): ScoreHistogram {
  return { scores, positives, negatives, isSnapped };
}
