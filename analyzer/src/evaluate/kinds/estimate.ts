import {
  type EstimatedMetric,
  type EstimateHistory,
  learnEstimatorError,
  scoreEstimator,
  type TrustedEstimate,
  trustEstimate,
  widenEstimate,
} from "@leeway/core/estimation";
import { type Evaluation, type MetricValue, performanceWindowSchema } from "@leeway/core/evaluation";
import type { TimeWindow } from "@leeway/core/window";
import { formatWindowStart } from "@leeway/core/words";

/** PerformanceEstimator tells a window's performance before its labels come, and learns from those that have come how far it may be trusted. */
export interface PerformanceEstimator {
  estimate(window: TimeWindow): Record<string, MetricValue> | undefined;
  /** Takes note of what a window was estimated to be and turned out to be; windows come in order. */
  learn(verdict: Pick<Evaluation, "detail" | "outcome" | "cause">): void;
}

const Z_95 = 1.959_963_984_540_054;

/**
 * createPerformanceEstimator returns the estimator of a version: what `estimate` says of a window (see core/estimation), with a band learned from how
 * earlier estimates did. While concept drift is known, or once its own record is broken, it says so instead of giving a number.
 */
export function createPerformanceEstimator(
  estimate: (window: TimeWindow) => Record<string, EstimatedMetric> | undefined,
): PerformanceEstimator {
  const histories = new Map<string, EstimateHistory[]>();
  let driftSince: number | undefined;
  return {
    estimate(window) {
      const estimates = estimate(window);
      if (estimates === undefined) return undefined;
      return Object.fromEntries(
        Object.entries(estimates).map(([name, one]) => {
          const history = histories.get(name) ?? [];
          const widened = widenEstimate(one, learnEstimatorError(history));
          const trusted = trustEstimate(
            widened,
            scoreEstimator(history),
            driftSince === undefined ? null : { since: formatWindowStart(driftSince) },
          );
          return [name, toMetricValue(trusted, widened)];
        }),
      );
    },
    learn({ detail, outcome, cause }) {
      const parsed = performanceWindowSchema.safeParse(detail);
      if (!parsed.success) return;
      const window = parsed.data;
      // Where drifted inputs explain the loss, the estimate follows them; only its own record can then speak against it.
      if (outcome === "alarm" && cause === "concept_drift") driftSince ??= window.start;
      else if (outcome === "ok") driftSince = undefined;
      if (!window.mature) return;
      for (const [name, estimate] of Object.entries(window.estimated ?? {})) {
        const realised = window.metrics[name]?.value;
        const { value, ci_low: ciLow, ci_high: ciHigh } = estimate.withheld ?? estimate;
        if (realised == null || value === null || ciLow === null || ciHigh === null) continue;
        const standardError = estimate.standard_error ?? (ciHigh - ciLow) / (2 * Z_95);
        const one = { estimated: value, standardError, ciLow, ciHigh, realised };
        histories.set(name, [...(histories.get(name) ?? []), one]);
      }
    },
  };
}

// An estimate that must not be shown is kept beside its reason: its record goes on, so that it can be trusted again.
function toMetricValue(trusted: TrustedEstimate, estimate: EstimatedMetric): MetricValue {
  if (estimate.outcome !== "ok") {
    return { value: null, ci_low: null, ci_high: null, reason: estimate.reason };
  }
  const { value, ciLow, ciHigh, standardError } = estimate;
  const said = { value, ci_low: ciLow, ci_high: ciHigh };
  if (trusted.outcome === "ok") {
    const reason = trusted.record === null ? {} : { reason: trusted.record.reason };
    return { ...said, standard_error: standardError, ...reason };
  }
  const { reason } = trusted;
  return { value: null, ci_low: null, ci_high: null, standard_error: standardError, withheld: said, reason };
}
