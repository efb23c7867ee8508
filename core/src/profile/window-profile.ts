/**
 * FeatureProfile is what a window of predictions holds of one feature, counted on the reference's own bins: everything the drift
 * statistics need, and additive, so that hourly profiles sum to any window. Counts are weighted (a sampled row counts 1 / rate).
 */
export interface FeatureProfile {
  name: string;
  /** Rows with a value of the reference's type. */
  count: number;
  /** Rows where the value was an explicit null. */
  nullCount: number;
  /** Rows without the feature. */
  missingCount: number;
  /** Rows whose value had another type than the reference's. */
  wrongTypeCount: number;
  numeric?: {
    /** Counts on the reference's grid, `gridBinCount(grid)` long. */
    counts: number[];
    minimum: number;
    maximum: number;
    sum: number;
    sumSquares: number;
    /** Values below the reference's minimum, above its maximum. */
    belowCount: number;
    aboveCount: number;
    /** Window deciles (10 %…90 %), ranks known to half a percent; needed to recognise a scale factor. Absent where the roll-up has none. */
    deciles?: number[];
  };
  /** Counts of the reference's categories and of the most frequent unseen ones; the rest is pooled in `otherCount`. */
  categories?: Record<string, number>;
  otherCount?: number;
  /**
   * Rows whose value was looked up in the reference's set of values, by what was found: all rows with a value, or those of every k-th value where the set
   * holds no more. Of a reference's own window `unseen` are the rows whose value no other window of the reference has.
   */
  lookups?: { known: number; unseen: number };
}

/** WindowProfile is one window (or one hour) of one model version, against one reference. */
export interface WindowProfile {
  start: number;
  end: number;
  /** Predictions, weighted; and rows, unweighted (the sample size for tests). */
  count: number;
  rows: number;
  features: FeatureProfile[];
  /** The model's output (score, value or label) under its name (`outputName`). */
  prediction?: FeatureProfile;
  /** Features that rows held but the reference does not know, with the number of rows. */
  unknownFeatures: Record<string, number>;
}
