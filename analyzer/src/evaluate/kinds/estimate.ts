import {
  type EstimateHistory,
  estimateBinary,
  expectedGroups,
  learnEstimatorError,
  type ScoreCalibration,
  scoreEstimator,
  trustEstimate,
  type UnlabelledScores,
  widenEstimate,
} from "@leeway/core/estimation";
import { type Evaluation, type MetricValue, performanceWindowSchema } from "@leeway/core/evaluation";
import { formatWindowStart } from "@leeway/core/messages";
import type { TimeWindow } from "@leeway/core/window";

/** PerformanceEstimator tells a window's performance before its labels come, and learns from those that have come how far it may be trusted. */
export interface PerformanceEstimator {
  estimate(window: TimeWindow): Record<string, MetricValue> | undefined;
  /** Takes note of what a window was estimated to be and turned out to be; windows come in order. */
  learn(detail: Evaluation["detail"], outcome: Evaluation["outcome"]): void;
}

const Z_95 = 1.959_963_984_540_054;

/**
 * createPerformanceEstimator returns the estimator of a binary model (confidence-based, see core/estimation). While concept drift is known, or once its
 * own record is broken, it says so instead of giving a number.
 */
export function createPerformanceEstimator(input: {
  calibration: ScoreCalibration;
  windows: ReadonlyMap<number, UnlabelledScores>;
}): PerformanceEstimator {
  const histories = new Map<string, EstimateHistory[]>();
  let driftSince: number | undefined;
  return {
    estimate(window) {
      const scores = input.windows.get(window.start);
      if (scores === undefined || scores.scores.length === 0) return undefined;
      const { map } = input.calibration;
      const estimates = estimateBinary(expectedGroups(scores, map), map);
      return Object.fromEntries(
        Object.entries(estimates).map(([name, estimate]) => {
          const history = histories.get(name) ?? [];
          const trusted = trustEstimate(
            widenEstimate(estimate, learnEstimatorError(history)),
            scoreEstimator(history),
            driftSince === undefined ? null : { since: formatWindowStart(driftSince) },
          );
          return [name, toMetricValue(trusted)];
        }),
      );
    },
    learn(detail, outcome) {
      const parsed = performanceWindowSchema.safeParse(detail);
      if (!parsed.success) return;
      const window = parsed.data;
      if (outcome === "alarm") driftSince ??= window.start;
      else if (outcome === "ok") driftSince = undefined;
      if (!window.mature) return;
      for (const [name, estimate] of Object.entries(window.estimated ?? {})) {
        const realised = window.metrics[name]?.value;
        const { value, ci_low: ciLow, ci_high: ciHigh } = estimate;
        if (
          realised === undefined ||
          realised === null ||
          value === null ||
          ciLow === null ||
          ciHigh === null
        )
          continue;
        const history = histories.get(name) ?? [];
        const standardError = (ciHigh - ciLow) / (2 * Z_95);
        histories.set(name, [...history, { estimated: value, standardError, ciLow, ciHigh, realised }]);
      }
    },
  };
}

function toMetricValue(trusted: ReturnType<typeof trustEstimate>): MetricValue {
  if (trusted.outcome !== "ok") return { value: null, ci_low: null, ci_high: null, reason: trusted.reason };
  const { value, ciLow, ciHigh } = trusted.estimate;
  return {
    value,
    ci_low: ciLow,
    ci_high: ciHigh,
    ...(trusted.record === null ? {} : { reason: trusted.record.reason }),
  };
}
