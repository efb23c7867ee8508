import { z } from "zod";

/** referenceVariationSchema is how much a statistic varies between the reference's own windows, as a verdict publishes it. */
export const referenceVariationSchema = z.object({
  variance: z.number(),
  correlation: z.number(),
  windows: z.number(),
  baseline_windows: z.number(),
});
