import { z } from "zod";
import type { ChangeChart } from "../../detectors/index.ts";
import { dispersionSchema, operatingPointSchema, SIGNAL_NAMES } from "../../evaluation/index.ts";

const changeChartSchema: z.ZodType<ChangeChart> = z.object({
  variation: z.object({
    center: z.number(),
    centerError: z.number(),
    betweenVariance: z.number(),
    autocorrelation: z.number(),
    windows: z.number(),
  }),
  averageRunLength: z.number(),
  allowance: z.number(),
  threshold: z.number(),
});

/** signalCalibrationSchema is what the reference's windows say about one watched number. */
export const signalCalibrationSchema = z.object({
  name: z.enum(SIGNAL_NAMES),
  /** Its level over the whole reference, and that level's sampling variance. */
  level: z.number(),
  level_variance: z.number(),
  dispersion: dispersionSchema,
  /** The change chart for lasting changes; absent where the reference has too few windows to know what is usual. */
  chart: changeChartSchema.optional(),
});

/** performanceCalibrationSchema is everything a performance verdict needs beside the window; what of it a verdict used is stored in its `basis`. */
export const performanceCalibrationSchema = z.object({
  reference_id: z.string(),
  window_ms: z.number(),
  reference_windows: z.number().int(),
  operating_point: operatingPointSchema,
  signals: z.array(signalCalibrationSchema),
  summary: z.string(),
});

export type SignalCalibration = z.infer<typeof signalCalibrationSchema>;
export type PerformanceCalibration = z.infer<typeof performanceCalibrationSchema>;
