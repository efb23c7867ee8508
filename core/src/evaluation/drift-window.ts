import { z } from "zod";
import { driftThresholdsSchema, featureTypeSchema } from "../records/index.ts";
import { featureTestSchema } from "./drift-test.ts";
import { embeddingDriftSchema } from "./embedding-drift.ts";
import { multivariateDriftSchema } from "./joint-drift.ts";
import { notJudgedSchema } from "./not-judged.ts";
import { operatingPointSchema } from "./operating-point-schema.ts";
import { textDriftSchema } from "./text-drift.ts";

/** featureDriftSchema is one feature of one window of `GET /v1/models/{model}/drift`. Absent numbers are not defined for the type; the reason says so. */
export const featureDriftSchema = z.object({
  type: z.enum([...featureTypeSchema.options, "embedding"]),
  outcome: z.enum(["ok", "drifted", "insufficient_data", "not_defined"]),
  count: z.number(),
  psi: z.number().nullable(),
  psi_p_value: z.number().nullable(),
  js_distance: z.number().nullable(),
  ks_statistic: z.number().optional(),
  ks_p_value: z.number().optional(),
  wasserstein_normalized: z.number().optional(),
  chi2_statistic: z.number().optional(),
  chi2_p_value: z.number().optional(),
  cramers_v: z.number().optional(),
  null_rate: z.number(),
  reference_null_rate: z.number(),
  wrong_type_rate: z.number(),
  out_of_range_rate: z.number().optional(),
  new_categories: z.array(z.object({ name: z.string(), share: z.number() })).optional(),
  /** Share of the values that the reference never had, all of them and not only those named; absent where the reference cannot tell. */
  unseen_rate: z.number().optional(),
  /** The same of the reference's own windows, each compared with all others: on average. Only of features with more values than are named. */
  reference_unseen_rate: z.number().optional(),
  vanished_categories: z.array(z.string()).optional(),
  mean: z.number().optional(),
  reference_mean: z.number().optional(),
  /** What it was judged by; of verdicts made before this was kept, and of what could not be judged, there are none. */
  tests: z.array(featureTestSchema).optional(),
  /** What texts are made of, of the statistic that speaks loudest; only of free text and where 100 texts were looked at. */
  text: textDriftSchema.optional(),
  /** Only of embeddings, which have neither PSI nor distribution; absent where one could not be judged. */
  embedding: embeddingDriftSchema.optional(),
  /** The PSI threshold this window was compared with, calibrated or fixed; of an embedding the smallest distance that matters, or the fixed MMD. */
  threshold: z.number(),
  /** Where the feature has a daily or weekly rhythm: the PSI against the reference's windows of the same slot, which is what `threshold` is for. */
  baseline: z.object({ slot: z.string(), psi: z.number(), psi_p_value: z.number() }).optional(),
  /** Benjamini–Hochberg adjusted p-value over the features of the window. */
  p_adjusted: z.number().nullable(),
  drifted: z.boolean(),
  reason: z.string(),
  /** Both sides as shares over the same bins, missing values included as a bin of their own. */
  distribution: z.object({
    labels: z.array(z.string()),
    reference: z.array(z.number()),
    window: z.array(z.number()),
  }),
});

/** driftSourceSchema is how far one source of the traffic (one value of a tag) drifted by itself, in the features that drifted in the whole. */
export const driftSourceSchema = z.object({
  tag: z.string(),
  value: z.string(),
  rows: z.number(),
  /** PSI of its worst feature, against its own rows of the reference where there are enough. */
  psi: z.number(),
  threshold: z.number(),
  drifted: z.boolean(),
});

/** driftWindowSchema is one window of `GET /v1/models/{model}/drift`. */
export const driftWindowSchema = z.object({
  start: z.number(),
  end: z.number(),
  count: z.number(),
  outcome: z.string(),
  reason: z.string(),
  cause: z.string().optional(),
  confidence: z.number().optional(),
  reference_id: z.string(),
  /** What the false-alarm budget allows each test of this window; absent under a fixed threshold, which has no budget. */
  operating_point: operatingPointSchema.optional(),
  /** The monitor's fixed thresholds, which then decide alone. */
  thresholds: driftThresholdsSchema.optional(),
  /** Features and outputs that could be judged, of all that are watched; absent of verdicts made before they were counted. */
  judged: z.number().int().optional(),
  of: z.number().int().optional(),
  /** Features that could not be judged for a week or seven windows, whichever is longer: since when, and what to do. */
  blind: z
    .array(
      z.object({ feature: z.string(), since: z.number(), windows: z.number().int(), advice: z.string() }),
    )
    .optional(),
  features: z.record(z.string(), featureDriftSchema),
  prediction: featureDriftSchema.optional(),
  /** How the features are correlated; absent where it could not be judged, which `not_judged` then says. */
  multivariate: multivariateDriftSchema.optional(),
  /** What the monitor watches and this window could not be judged by, with the reason; features that could not be judged say so themselves. */
  not_judged: z.array(notJudgedSchema).optional(),
  /** Where the drift comes from, by tag: only of windows that drifted and whose predictions carry tags. */
  sources: z.array(driftSourceSchema).optional(),
});

export type FeatureDrift = z.infer<typeof featureDriftSchema>;
export type DriftWindow = z.infer<typeof driftWindowSchema>;
