import { z } from "zod";
import { environmentSchema } from "../wire/index.ts";

/** featureTypeSchema is the type of a feature as the reference shows it. */
export const featureTypeSchema = z.enum(["numeric", "categorical", "boolean", "text"]);

/** numericGridSchema: the reference's own quantiles as bin edges; see `createNumericGrid`. */
export const numericGridSchema = z.object({
  edges: z.array(z.number()),
  atomEdges: z.array(z.number()),
  decileEdges: z.array(z.number()),
});

/** vocabularySchema says which of a feature's values are kept as hashes, so that a window's values can be looked up. */
export const vocabularySchema = z.object({
  /** Values kept: all of them, or one in `one_in` (those whose hash is a multiple of it). */
  kept: z.number().int(),
  one_in: z.number().int(),
  /** Rows of the reference that hold one of the values kept, and those whose value occurs once: how many rows of more such rows are new (Good–Turing). */
  rows: z.number(),
  single_rows: z.number(),
});

/** referenceFeatureSchema is one feature of the reference, frozen: what every window is compared with. */
export const referenceFeatureSchema = z.object({
  name: z.string(),
  type: featureTypeSchema,
  /** Rows that held the feature with a value of its type. */
  count: z.number(),
  null_count: z.number(),
  /** Rows where the feature was absent altogether, or of another type. */
  missing_count: z.number(),
  wrong_type_count: z.number(),
  numeric: z
    .object({
      grid: numericGridSchema,
      counts: z.array(z.number()),
      minimum: z.number(),
      maximum: z.number(),
      mean: z.number(),
      /** Population standard deviation (ddof 0). */
      standard_deviation: z.number(),
    })
    .optional(),
  /** Categories with their counts, most frequent first (booleans: `true`, `false`); the rest pooled in `other_count`. */
  categories: z.array(z.object({ name: z.string(), count: z.number() })).optional(),
  other_count: z.number().optional(),
  /** Mean model output (score or value) per PSI bin: deciles and atoms, or categories then the pooled rest; then missing values. Ranks features to blame. */
  prediction_means: z.array(z.number().nullable()).optional(),
  distinct_count: z.number().optional(),
  /**
   * Of features with more values than are named: what is kept of all of them, as hashes in a table of their own. Absent where every value is named, of free
   * text, and in records made before such sets were kept.
   */
  vocabulary: vocabularySchema.optional(),
});

/** referenceEmbeddingSchema is one embedding of an uploaded reference: its vectors are all of one length. */
export const referenceEmbeddingSchema = z.object({
  name: z.string(),
  dimensions: z.number().int(),
  /** Rows that hold one, and rows that hold none. */
  count: z.number().int(),
  missing_count: z.number().int(),
});

/** referenceSchema is the baseline of a model version. */
export const referenceSchema = z.object({
  id: z.string(),
  model: z.string(),
  version: z.string(),
  /** `upload`: rows sent by the user; `window`: pinned production window; `automatic`: the first days, taken by Leeway and marked so. */
  source: z.enum(["upload", "window", "automatic"]),
  /** Where the predictions were made that it was taken from; absent for uploads, and for production in older records. */
  environment: environmentSchema.optional(),
  rows: z.number().int(),
  from: z.number(),
  to: z.number(),
  labelled_rows: z.number().int(),
  features: z.array(referenceFeatureSchema),
  /** The model's output, in the same form, under the name `prediction`, or another where a feature has that name (`outputName`). */
  prediction: referenceFeatureSchema.optional(),
  /** Of uploads that hold any. */
  embeddings: z.array(referenceEmbeddingSchema).optional(),
  created_at: z.number(),
});

/** referenceChoiceSchema is what a person chose a version to be compared with: a reference by its id, or a new automatic one from its traffic. */
export const referenceChoiceSchema = z.discriminatedUnion("use", [
  z.object({
    use: z.literal("reference"),
    model: z.string(),
    version: z.string(),
    reference_id: z.string(),
    at: z.number(),
    by: z.string(),
  }),
  z.object({
    use: z.literal("automatic"),
    model: z.string(),
    version: z.string(),
    /** Event time from which on rows may become the reference; absent: from where traffic begins. */
    from: z.number().optional(),
    at: z.number(),
    by: z.string(),
  }),
]);

export type FeatureType = z.infer<typeof featureTypeSchema>;
export type ReferenceFeature = z.infer<typeof referenceFeatureSchema>;
export type ReferenceEmbedding = z.infer<typeof referenceEmbeddingSchema>;
export type Reference = z.infer<typeof referenceSchema>;
export type ReferenceChoice = z.infer<typeof referenceChoiceSchema>;
