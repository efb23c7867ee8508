import { z } from "zod";
import { performanceBasisSchema } from "./performance-basis-schema.ts";

/** metricValueSchema is a metric with its 95 % interval; `value` is null where it is not defined, and `reason` then says why. */
export const metricValueSchema = z.object({
  value: z.number().nullable(),
  ci_low: z.number().nullable(),
  ci_high: z.number().nullable(),
  reference: z.number().nullable().optional(),
  /** Of an estimate: its own error, without the variation between windows that its band holds too. */
  standard_error: z.number().optional(),
  /** Of an estimate that is not to be relied upon: what it would have said. Only its own record is made from it. */
  withheld: z.object({ value: z.number(), ci_low: z.number(), ci_high: z.number() }).optional(),
  reason: z.string().optional(),
});

/** performanceWindowSchema is one window of `GET /v1/models/{model}/performance`. */
export const performanceWindowSchema = z.object({
  start: z.number(),
  end: z.number(),
  predictions: z.number(),
  labelled: z.number(),
  /** labelled / predictions, 0..1. */
  label_coverage: z.number(),
  /** What coverage is usual at this window's age, 0..1. */
  expected_coverage: z.number().nullable(),
  mature: z.boolean(),
  /** Only where the window is judged while labels are still missing: whether those that came are a fair sample, and what was done about it. */
  label_bias: z
    .object({ outcome: z.enum(["representative", "corrected", "refused"]), reason: z.string() })
    .optional(),
  outcome: z.string(),
  revision: z.number().int(),
  metrics: z.record(z.string(), metricValueSchema),
  estimated: z.record(z.string(), metricValueSchema).optional(),
  /** What the verdict was decided from; absent in older ones. */
  basis: performanceBasisSchema.optional(),
  reason: z.string(),
});

/** sloWindowSchema is one version's objective at one moment, in `GET /v1/models/{model}/slo`. */
export const sloWindowSchema = z.object({
  start: z.number(),
  end: z.number(),
  objective: z.object({ threshold_ms: z.number(), target: z.number(), period_ms: z.number() }),
  good: z.number(),
  total: z.number(),
  /** Bad requests that failed; the other bad ones were slow. Absent in older verdicts. */
  failed: z.number().optional(),
  /** Share of the requests that can be judged: those that failed or carry a latency. Absent in older verdicts. */
  timed_share: z.number().nullable().optional(),
  /** This version's share of the bad requests of all versions in the objective's period; they spend one budget. Absent in older verdicts. */
  version_share: z.number().nullable().optional(),
  achieved: z.number().nullable(),
  /** Share of the error budget left, at most 1; below 0 when overspent. */
  budget_left: z.number().nullable(),
  burn_rates: z.array(
    z.object({ window: z.string(), burn_rate: z.number().nullable(), good: z.number(), total: z.number() }),
  ),
  time_to_exhaustion_ms: z.number().nullable(),
  /** The fastest rule that fires; absent where none does, and in older verdicts. */
  firing: z.object({ rule: z.string(), severity: z.enum(["page", "ticket"]) }).optional(),
  outcome: z.string(),
  reason: z.string(),
});

export type MetricValue = z.infer<typeof metricValueSchema>;
export type PerformanceWindow = z.infer<typeof performanceWindowSchema>;
export type SloWindow = z.infer<typeof sloWindowSchema>;
