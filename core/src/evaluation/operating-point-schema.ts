import { z } from "zod";

/** operatingPointSchema is what a false-alarm budget means for one test in one window; it is stored with every calibration and every verdict. */
export const operatingPointSchema = z.object({
  /** This monitor's share of the model's budget, false alarms per 30 days. */
  false_alarms_per_month: z.number(),
  windows_per_month: z.number(),
  /** Statistics compared with a threshold in each window. */
  tests: z.number(),
  /** A single window this improbable under the reference is an alarm at once. */
  immediate_tail: z.number(),
  /** Probability, per test and window, that both of two windows in a row exceed the lower bar. */
  joint_tail: z.number(),
  /** Windows in a row above the lower bar that make an alarm. */
  consecutive_windows: z.number().int(),
});

export type OperatingPoint = z.infer<typeof operatingPointSchema>;
