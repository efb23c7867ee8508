import { z } from "zod";

/** dispersionSchema says how much a statistic moves between windows of the reference beyond what sampling explains. */
export const dispersionSchema = z.object({
  /** Between-window variance, in squared units of the statistic, as the reference windows show it, shrunk towards a small prior. */
  variance: z.number(),
  /** Correlation of that component from one window to the next, 0…0.95. */
  correlation: z.number(),
  /** Reference windows it was learned from. */
  windows: z.number(),
  /** Reference windows behind each baseline: all of them, or those of the same hour or weekday. */
  baseline_windows: z.number(),
  /** Variance of the baseline's own mean, in units of `variance`. */
  baseline_share: z.number(),
  /** Degrees of freedom of the variance: the reference's own windows and what other features lend. */
  degrees: z.number(),
});

export type Dispersion = z.infer<typeof dispersionSchema>;
