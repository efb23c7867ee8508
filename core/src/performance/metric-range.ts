import type { BinaryMetricName } from "./binary-performance.ts";
import type { MulticlassMetricName } from "./multiclass-performance.ts";
import type { RegressionMetricName } from "./regression-performance.ts";

/** MetricRange is the smallest and the largest value that a metric can have. */
export type MetricRange = readonly [lowest: number, highest: number];

const SHARE: MetricRange = [0, 1];
const AGREEMENT: MetricRange = [-1, 1];
const SIZE: MetricRange = [0, Number.POSITIVE_INFINITY];

const RANGES: Record<BinaryMetricName | MulticlassMetricName | RegressionMetricName, MetricRange> = {
  accuracy: SHARE,
  balanced_accuracy: SHARE,
  precision: SHARE,
  recall: SHARE,
  specificity: SHARE,
  f1: SHARE,
  macro_precision: SHARE,
  macro_recall: SHARE,
  macro_f1: SHARE,
  micro_f1: SHARE,
  weighted_f1: SHARE,
  positive_rate: SHARE,
  predicted_positive_rate: SHARE,
  roc_auc: SHARE,
  pr_auc: SHARE,
  macro_roc_auc: SHARE,
  ece: SHARE,
  matthews: AGREEMENT,
  cohen_kappa: AGREEMENT,
  calibration_error: AGREEMENT,
  // Over all classes it ends at 2, of one at 1.
  brier: [0, 2],
  log_loss: SIZE,
  mae: SIZE,
  mse: SIZE,
  rmse: SIZE,
  mape: SIZE,
  smape: SIZE,
  median_absolute_error: SIZE,
  max_error: SIZE,
  r2: [Number.NEGATIVE_INFINITY, 1],
  bias: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
};

/** metricRange returns between which values a performance metric lies, or undefined where no task has one of that name. O(1). */
export function metricRange(name: string): MetricRange | undefined {
  return new Map(Object.entries(RANGES)).get(name);
}
