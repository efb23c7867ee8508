import { z } from "zod";
import { sampledTestShape } from "./drift-test.ts";
import { referenceVariationSchema } from "./reference-variation.ts";

/** jointTestSchema is one statistic of joint drift: its size, how improbable it is, and the variation of the reference's own windows it is compared with. */
export const jointTestSchema = z.object({
  test: z.enum(["classifier", "structure", "dependence"]),
  /** Area above ½, standard deviations of the reconstruction error, change of a correlation. */
  size: z.number(),
  ...sampledTestShape,
  reference_variation: referenceVariationSchema,
});

/** multivariateDriftSchema is joint drift of one window: whether its features are correlated as in the reference, whatever each of them does alone. */
export const multivariateDriftSchema = z.object({
  outcome: z.enum(["ok", "drifted"]),
  drifted: z.boolean(),
  reason: z.string(),
  /** Rows of the window and of the reference that were looked at: a sample by hash of the id. */
  rows: z.number(),
  reference_rows: z.number(),
  /** Reference windows it was calibrated on. */
  reference_windows: z.number(),
  features: z.array(z.string()),
  /** How well a classifier tells the window's rows from the reference's by how the features are correlated: ½ not at all. */
  auc: z.number(),
  auc_low: z.number(),
  auc_high: z.number(),
  /** Mean distance from the reference's principal components. */
  pca_error: z.number().optional(),
  pca_reference_error: z.number().optional(),
  /** Pairs whose correlation (of normal scores) changed most. */
  pairs: z.array(
    z.object({ features: z.array(z.string()), correlation: z.number(), reference_correlation: z.number() }),
  ),
  tests: z.array(jointTestSchema),
  p_adjusted: z.number().nullable(),
  /** Ties, folds and samples follow from it. */
  seed: z.number(),
});

export type MultivariateDrift = z.infer<typeof multivariateDriftSchema>;
