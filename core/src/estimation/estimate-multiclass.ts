import { logLossOf } from "../performance/index.ts";
import { averageOf, insufficientData, normalQuantile } from "../statistics/index.ts";
import {
  type EstimatedMetric,
  type EstimatedMetricName,
  estimateBinary,
  expectedCounts,
} from "./estimate-binary.ts";
import { type ExpectedGroup, expectedGroups, type UnlabelledScores } from "./expected-outcomes.ts";
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
  log_loss: EstimatedMetric;
  brier: EstimatedMetric;
  classes: { name: string; metrics: Record<EstimatedMetricName, EstimatedMetric> }[];
}

/**
 * estimateMulticlass returns the performance that calibrated scores promise, class against rest: a class's expected hits are the summed
 * calibrated probabilities of the rows predicted as it; accuracy is all classes' hits over all rows; log loss and Brier score are what each class
 * would cost, weighed by its probability. Bands of macro averages take the classes for fully correlated, those of the losses count the spread
 * between rows as chance: both err on the wide side. Blind to concept drift, as `estimateBinary` is. O(classes · scores).
 *
 * @example estimateMulticlass([{ name: "cat", window, map }, { name: "dog", window: other, map }]).accuracy // value 0.9
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
    return { name, groups, metrics: estimateBinary(groups, map, level) };
  });
  const groupsOfAll = estimates.flatMap(({ groups }) => groups);
  return {
    accuracy:
      rows === 0
        ? insufficientData("no predictions with scores in the window")
        : band(hits / rows, Math.sqrt(variance) / rows, level),
    macro_f1: macro(estimates, "f1", level),
    macro_roc_auc: macro(estimates, "roc_auc", level),
    log_loss: expectedLoss(
      groupsOfAll,
      rows,
      (score) => [logLossOf(1, score), 0, logLossOf(1, score)],
      level,
    ),
    brier: expectedLoss(
      groupsOfAll,
      rows,
      (score) => [(1 - score) ** 2, score ** 2, 2 * (1 - score) ** 2],
      level,
    ),
    classes: estimates.map(({ name, metrics }) => ({ name, metrics })),
  };
}

/** expectedLoss sums over classes what each costs where it is the true one, and where it is not; from the most that a row can lose where it is the true one, `E[L²] − mean²` bounds its variance. */
function expectedLoss(
  groups: readonly ExpectedGroup[],
  rows: number,
  costs: (score: number) => [whenTrue: number, whenNot: number, mostWhenTrue: number],
  level: number,
): EstimatedMetric {
  if (rows === 0) return insufficientData("no predictions with scores in the window");
  let sum = 0;
  let squares = 0;
  for (const group of groups) {
    const [whenTrue, whenNot, mostWhenTrue] = costs(group.score);
    const p = group.probability;
    sum += group.rows * (p * whenTrue + (1 - p) * whenNot);
    squares += group.rows * p * mostWhenTrue ** 2;
  }
  const mean = sum / rows;
  const standardError = Math.sqrt(Math.max(0, squares / rows - mean * mean) / rows);
  return band(mean, standardError, level, Number.POSITIVE_INFINITY);
}

function macro(
  estimates: readonly { metrics: Record<EstimatedMetricName, EstimatedMetric> }[],
  name: EstimatedMetricName,
  level: number,
): EstimatedMetric {
  const defined = estimates.map((one) => one.metrics[name]).filter((metric) => metric.outcome === "ok");
  const value = averageOf(defined.map((one) => one.value));
  const standardError = averageOf(defined.map((one) => one.standardError));
  if (value.outcome !== "ok" || standardError.outcome !== "ok")
    return insufficientData("the metric is defined for no class");
  return band(value.value, standardError.value, level);
}

function band(value: number, standardError: number, level: number, maximum = 1): EstimatedMetric {
  const half = normalQuantile((1 + level) / 2) * standardError;
  return {
    outcome: "ok",
    value,
    ciLow: Math.max(0, value - half),
    ciHigh: Math.min(maximum, value + half),
    standardError,
  };
}
