import type { VersionComparison } from "@leeway/core/performance";
import { z } from "zod";

const number = z.number().nullable();

const comparedMetricSchema = z.object({
  a: number,
  b: number,
  /**
   * b − a; below zero is better for a loss, above zero for `roc_auc`. Null where it is not defined; `reason` then says why. The interval holds at
   * every look: one may ask again with every label that comes.
   */
  difference: number,
  ci_low: number,
  ci_high: number,
  verdict: z.enum(["better", "worse", "cannot_tell"]).optional(),
  reason: z.string().optional(),
});

/** comparisonSchema is version b compared with version a on the labels both have. */
export const comparisonSchema = z.object({
  /** `not_defined` where labels and predictions of a version cannot be compared; the sentence says why and what to set. */
  verdict: z.enum(["better", "worse", "cannot_tell", "not_defined"]),
  sentence: z.string(),
  primary: z.string().nullable(),
  labels: z.number(),
  windows: z.number(),
  more_labels_needed: number,
  metrics: z.record(z.string(), comparedMetricSchema),
});

type ComparedMetric = z.infer<typeof comparedMetricSchema>;

/** comparisonAnswer returns a comparison as the API gives it. */
export function comparisonAnswer(comparison: VersionComparison): z.infer<typeof comparisonSchema> {
  const metrics: Record<string, ComparedMetric> = {};
  for (const [name, loss] of Object.entries(comparison.losses)) {
    if (loss.outcome !== "ok") metrics[name] = undefinedMetric(loss.reason);
    else {
      const { baselineLoss: a, candidateLoss: b, difference, interval, verdict, reason } = loss;
      metrics[name] = {
        a,
        b,
        difference,
        ci_low: interval.low,
        ci_high: interval.high,
        verdict,
        reason,
      };
    }
  }
  const { rocAuc, calibrationError, primary } = comparison;
  if (rocAuc.outcome !== "ok") metrics["roc_auc"] = undefinedMetric(rocAuc.reason);
  else {
    const { aucBaseline: a, aucCandidate: b, difference, interval, verdict } = rocAuc;
    metrics["roc_auc"] = { a, b, difference, ci_low: interval.low, ci_high: interval.high, verdict };
  }
  if (calibrationError !== null) {
    const { baseline: a, candidate: b, interval } = calibrationError;
    metrics["calibration_error"] = { a, b, difference: b - a, ci_low: interval.low, ci_high: interval.high };
  }
  const decisive = primary === null ? undefined : comparison.losses[primary];
  const isKnown = decisive?.outcome === "ok";
  return {
    verdict: comparison.verdict,
    sentence: comparison.reason,
    primary,
    labels: isKnown ? decisive.rows : 0,
    windows: isKnown ? decisive.windows : 0,
    more_labels_needed: isKnown ? decisive.moreLabels : null,
    metrics,
  };
}

function undefinedMetric(reason: string): ComparedMetric {
  return { a: null, b: null, difference: null, ci_low: null, ci_high: null, reason };
}
