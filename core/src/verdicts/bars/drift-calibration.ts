import { z } from "zod";
import { dispersionSchema, operatingPointSchema } from "../../evaluation/index.ts";
import { ownRecordsSchema } from "../breaks/own-records.ts";
import { seasonSchema } from "./season.ts";
import { unseenBarSchema } from "./unseen-shares.ts";
import { unseenValuesSchema } from "./unseen-values.ts";

const featureSampleSchema = z.object({
  bins: z.array(z.number()),
  valid: z.number(),
  missing: z.number(),
  wrongType: z.number(),
  locationSum: z.number(),
  spreadSum: z.number(),
});

/** featureCalibrationSchema is what the reference's own windows say about one feature. */
export const featureCalibrationSchema = z.object({
  name: z.string(),
  /** The rhythm its windows are grouped by; `none` where grouping explains nothing. */
  season: seasonSchema,
  /** Baselines by slot, where there is a rhythm; slots the reference never saw fall back to the whole reference. */
  slots: z.array(z.object({ slot: z.number().int(), windows: z.number(), baseline: featureSampleSchema })),
  /** Variation of the distance between distributions, in units of PSI. */
  distance: dispersionSchema,
  /** Variation of the mean rank score (numeric features). */
  location: dispersionSchema.optional(),
  spread: dispersionSchema.optional(),
  /** Variation of the share of missing values. */
  missing: dispersionSchema,
  /** The same against the whole reference, for slots without a baseline of their own. */
  unseasoned: dispersionSchema.optional(),
  /** What a window is compared with where the reference wanders so far that no distance could pass its bar. */
  unseen: unseenValuesSchema.optional(),
  /** How many unseen values are usual; only of features with more values than are named. */
  unseen_share: unseenBarSchema.optional(),
  /** The most that its windows showed of what a broken pipeline shows. */
  own: ownRecordsSchema.optional(),
});

/** driftCalibrationSchema is everything a drift verdict needs beside the reference and the window: stored with the verdict, so that it replays. */
export const driftCalibrationSchema = z.object({
  reference_id: z.string(),
  window_ms: z.number(),
  /** Reference windows with enough rows to learn from. */
  reference_windows: z.number().int(),
  operating_point: operatingPointSchema,
  features: z.array(featureCalibrationSchema),
  /** One sentence: what was learned, from what, and the bars that follow. */
  summary: z.string(),
});

export type FeatureCalibration = z.infer<typeof featureCalibrationSchema>;
export type DriftCalibration = z.infer<typeof driftCalibrationSchema>;
