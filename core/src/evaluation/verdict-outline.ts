import { z } from "zod";
import { driftWindowSchema, featureDriftSchema } from "./drift-window.ts";
import type { Evaluation } from "./evaluation.ts";
import { multivariateDriftSchema } from "./joint-drift.ts";
import { metricValueSchema, performanceWindowSchema } from "./performance-window.ts";

const featureOutlineSchema = featureDriftSchema
  .pick({
    type: true,
    outcome: true,
    psi: true,
    threshold: true,
  })
  .extend({ baseline: z.object({ psi: z.number() }).optional() });

/** driftOutlineSchema is what a chart draws of a drift window: each feature's state, size and threshold. A whole window is one too. */
export const driftOutlineSchema = driftWindowSchema
  .pick({ start: true, end: true, count: true, reference_id: true, not_judged: true })
  .extend({
    features: z.record(z.string(), featureOutlineSchema),
    prediction: featureOutlineSchema.optional(),
    multivariate: multivariateDriftSchema.pick({ auc: true, drifted: true }).optional(),
  });

const metricOutlineSchema = metricValueSchema.pick({
  value: true,
  ci_low: true,
  ci_high: true,
  reference: true,
});

/** performanceOutlineSchema is what a chart draws of a performance window: each metric with its interval. A whole window is one too. */
export const performanceOutlineSchema = performanceWindowSchema
  .pick({
    ...{ start: true, end: true, predictions: true, labelled: true, label_coverage: true },
    ...{ expected_coverage: true, mature: true, outcome: true, revision: true, reason: true },
  })
  .extend({
    metrics: z.record(z.string(), metricOutlineSchema),
    estimated: z.record(z.string(), metricOutlineSchema.extend({ reason: z.string().optional() })).optional(),
  });

export type FeatureOutline = z.infer<typeof featureOutlineSchema>;
export type DriftOutline = z.infer<typeof driftOutlineSchema>;
export type PerformanceOutline = z.infer<typeof performanceOutlineSchema>;

/** verdictOutline returns what is drawn of a verdict: its evidence reduced to the outline of its kind, or all of it where it is small or has no such shape. O(features). */
export function verdictOutline({
  kind,
  detail,
}: Pick<Evaluation, "kind" | "detail">): Record<string, unknown> {
  switch (kind) {
    case "drift":
      return driftOutlineSchema.safeParse(detail).data ?? detail;
    case "performance":
      return performanceOutlineSchema.safeParse(detail).data ?? detail;
    case "labels":
    case "volume":
    case "latency_slo":
      return detail;
    default:
      return kind satisfies never;
  }
}
