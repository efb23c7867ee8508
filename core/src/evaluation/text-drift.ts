import { z } from "zod";
import { TEXT_FEATURES } from "../statistics/index.ts";
import { referenceVariationSchema } from "./reference-variation.ts";

/** textStatisticSchema names what texts are judged by beside their length, which every row is judged by. */
export const textStatisticSchema = z.enum(TEXT_FEATURES).exclude(["length"]);

/** textDriftSchema is the statistic of the characters of free text that moved most, or came nearest to it. */
export const textDriftSchema = z.object({
  statistic: textStatisticSchema,
  drifted: z.boolean(),
  mean: z.number(),
  reference_mean: z.number(),
  /** Shift of the mean rank in standard scores, 0 to 1.73. */
  size: z.number(),
  /** Under sampling alone, times the number of statistics. */
  p_value: z.number(),
  /** Under sampling and the reference's own variation, times the number of statistics. */
  p_calibrated: z.number(),
  reference_variation: referenceVariationSchema,
  /** Texts of the window and of the reference that were looked at: a sample by hash of the id. */
  rows: z.number(),
  reference_rows: z.number(),
});

export type TextStatistic = z.infer<typeof textStatisticSchema>;
export type TextDrift = z.infer<typeof textDriftSchema>;
