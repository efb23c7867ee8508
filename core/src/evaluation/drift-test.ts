import { z } from "zod";

/** driftTestShape is what a verdict stores of any statistic that a window was held by: enough to decide again. */
export const driftTestShape = {
  /** Under sampling alone. */
  p_value: z.number(),
  /** Under sampling and the reference's own variation. */
  p_calibrated: z.number(),
  /** What `p_calibrated` must fall below: it follows from the operating point and from how much neighbouring windows resemble each other. */
  lower_tail: z.number(),
  /** Whether it is large enough to matter, and to hold an alarm that is on. */
  matters: z.boolean(),
  holds: z.boolean(),
};

/** sampledTestShape is driftTestShape of what is judged from samples, joint drift and embeddings: their verdicts were made before their bars were kept, and stay readable. */
export const sampledTestShape = {
  ...driftTestShape,
  lower_tail: driftTestShape.lower_tail.optional(),
  matters: driftTestShape.matters.optional(),
  holds: driftTestShape.holds.optional(),
};

/** BREAK_TESTS are the things that a broken pipeline does to a column and nature does not: each is compared with the most that any window of the reference showed. */
export const BREAK_TESTS = [
  "constant",
  "spike",
  "lattice",
  "far_out",
  "vocabulary",
  "restated",
  "swapped",
] as const;

/** featureTestSchema is one statistic of a feature. */
export const featureTestSchema = z.object({
  test: z.enum(["distance", "location", "spread", "missing", "unseen", "characters", ...BREAK_TESTS]),
  /** PSI of `distance`; standard scores of location, spread and characters; a share of missing and unseen values. */
  size: z.number(),
  ...driftTestShape,
  /** Windows in a row that make an alarm, where this statistic needs more of them than others. */
  windows_needed: z.number().int().optional(),
});

export type FeatureTest = z.infer<typeof featureTestSchema>;
