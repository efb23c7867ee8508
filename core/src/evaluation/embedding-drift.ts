import { z } from "zod";
import { referenceVariationSchema } from "./reference-variation.ts";

/** embeddingDriftSchema is what an embedding of one window was judged by. */
export const embeddingDriftSchema = z.object({
  dimensions: z.number(),
  /** Vectors of the window and of the reference that were looked at: a sample by hash of the id. */
  rows: z.number(),
  reference_rows: z.number(),
  tests: z.array(
    z.object({
      test: z.enum(["centroid", "mmd"]),
      /** Distance of the centroids in units of the reference's spread, or maximum mean discrepancy; less what chance gives. */
      size: z.number(),
      /** Under sampling alone. */
      p_value: z.number(),
      /** Under sampling and the reference's own variation. */
      p_calibrated: z.number(),
      reference_variation: referenceVariationSchema,
    }),
  ),
});

export type EmbeddingDrift = z.infer<typeof embeddingDriftSchema>;
