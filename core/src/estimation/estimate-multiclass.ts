import { insufficientData, normalQuantile } from "../statistics/index.ts";
import {
  type EstimatedMetric,
  type EstimatedMetricName,
  estimateBinary,
  expectedCounts,
} from "./estimate-binary.ts";
import { expectedGroups, type UnlabelledScores } from "./expected-outcomes.ts";
import type { IsotonicCalibration } from "./isotonic.ts";

/** ClassWindow is one class of a multiclass window: its scores and whether it was the predicted class, and its calibration. */
export interface ClassWindow {
  name: string;
  window: UnlabelledScores;
  map: IsotonicCalibration;
}

/** MulticlassEstimate is the estimated performance of a multiclass classifier. */
export interface MulticlassEstimate {
  accuracy: EstimatedMetric;
  macro_f1: EstimatedMetric;
  macro_roc_auc: EstimatedMetric;
  classes: { name: string; metrics: Record<EstimatedMetricName, EstimatedMetric> }[];
}

/**
 * estimateMulticlass returns the performance that calibrated scores promise, class against rest: a class's expected hits are the summed
 * calibrated probabilities of the rows predicted as it; accuracy is all classes' hits over all rows. Bands of macro averages take the
 * classes for fully correlated, and so err on the wide side. Blind to concept drift, as `estimateBinary` is. O(classes · scores).
 */
export function estimateMulticlass(classes: readonly ClassWindow[], level = 0.95): MulticlassEstimate {
  let hits = 0;
  let rows = 0;
  let variance = 0;
  const estimates = classes.map(({ name, window, map }) => {
    const groups = expectedGroups(window, map);
    const { tp, fp } = expectedCounts(groups);
    hits += tp;
    rows += tp + fp;
    for (const group of groups) {
      if (group.isPredictedPositive) variance += group.rows * group.probability * (1 - group.probability);
    }
    return { name, metrics: estimateBinary(groups, map, level) };
  });
  return {
    accuracy:
      rows === 0
        ? insufficientData("no predictions with scores in the window")
        : band(hits / rows, Math.sqrt(variance) / rows, level),
    macro_f1: macro(estimates, "f1", level),
    macro_roc_auc: macro(estimates, "roc_auc", level),
    classes: estimates,
  };
}

function macro(
  estimates: MulticlassEstimate["classes"],
  name: EstimatedMetricName,
  level: number,
): EstimatedMetric {
  const defined = estimates.map((one) => one.metrics[name]).filter((metric) => metric.outcome === "ok");
  if (defined.length === 0) return insufficientData("the metric is defined for no class");
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return band(mean(defined.map((one) => one.value)), mean(defined.map((one) => one.standardError)), level);
}

function band(value: number, standardError: number, level: number): EstimatedMetric {
  const half = normalQuantile((1 + level) / 2) * standardError;
  return {
    outcome: "ok",
    value,
    ciLow: Math.max(0, value - half),
    ciHigh: Math.min(1, value + half),
    standardError,
  };
}
