import { z } from "zod";
import { dispersionSchema } from "./dispersion.ts";
import { operatingPointSchema } from "./operating-point.ts";
import { SIGNAL_NAMES } from "./performance-signals.ts";

/** signalCalibrationSchema is what the reference's windows say about one watched number. */
export const signalCalibrationSchema = z.object({
  name: z.enum(SIGNAL_NAMES),
  /** Its level over the whole reference, and that level's sampling variance. */
  level: z.number(),
  level_variance: z.number(),
  dispersion: dispersionSchema,
  /** Allowance and threshold of the two-sided change chart, in standard deviations. */
  allowance: z.number(),
  chart_threshold: z.number(),
});

/** performanceCalibrationSchema is everything a performance verdict needs beside the window; stored with it, so that it replays. */
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
