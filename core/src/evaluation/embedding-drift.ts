import { z } from "zod";
import { sampledTestShape } from "./drift-test.ts";
import { referenceVariationSchema } from "./reference-variation.ts";

/** embeddingDriftSchema is what an embedding of one window was judged by. */
export const embeddingDriftSchema = z.object({
  dimensions: z.number(),
  /** Vectors of the window and of the reference that were looked at: a sample by hash of the id. */
  rows: z.number(),
  reference_rows: z.number(),
  tests: z.array(
    z.object({
      test: z.enum(["centroid", "mmd", "missing"]),
      /** Distance of the centroids in units of the reference's spread, or maximum mean discrepancy, less what chance gives; change of the share of missing ones. */
      size: z.number(),
      ...sampledTestShape,
      reference_variation: referenceVariationSchema,
    }),
  ),
});

export type EmbeddingDrift = z.infer<typeof embeddingDriftSchema>;
