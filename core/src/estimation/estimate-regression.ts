import { insufficientData, type NotComputable } from "../statistics/index.ts";
import type { EstimatedMetric } from "./estimate-binary.ts";
import { estimateLoss, fitLossEstimator, type LossEstimator, rootOfEstimate } from "./estimate-loss.ts";
import { type CategoryMeans, type LossRow, learnCategoryMeans, lossColumns } from "./loss-rows.ts";

/** RegressionEstimator predicts absolute and squared errors of a regressor from its inputs: fitted on labelled reference rows. */
export interface RegressionEstimator {
  categories: CategoryMeans;
  absolute: LossEstimator;
  squared: LossEstimator;
}

/**
 * fitRegressionEstimator returns a direct loss estimator of a regressor from labelled reference rows in order of time (a sample of a few thousand
 * is enough). Rows without a truth are left out; needs 200 with one. O(rows · inputs).
 *
 * @example fitRegressionEstimator(referenceRows) // { outcome: "ok", estimator }
 */
export function fitRegressionEstimator(
  rows: readonly LossRow[],
): { outcome: "ok"; estimator: RegressionEstimator } | NotComputable {
  const labelled = rows.filter((row) => row.truth !== null && Number.isFinite(row.predicted - row.truth));
  const errors = Float64Array.from(labelled, (row) => Math.abs(row.predicted - row.truth!));
  const categories = learnCategoryMeans(labelled, errors);
  const features = lossColumns(labelled, categories);
  const absolute = fitLossEstimator({ features, losses: errors });
  if (absolute.outcome !== "ok") return absolute;
  const squared = fitLossEstimator({ features, losses: errors.map((error) => error * error) });
  if (squared.outcome !== "ok") return squared;
  return {
    outcome: "ok",
    estimator: { categories, absolute: absolute.estimator, squared: squared.estimator },
  };
}

/**
 * estimateRegression returns the mean absolute error, mean squared error and its root to expect of a window, from a random sample of its rows of
 * which it has `represented`. Range from 0, in units of the output (squared for `mse`); blind to concept drift. O(rows · trees).
 *
 * @example estimateRegression(estimator, sample, 12_000).mae // { outcome: "ok", value: 3.1, … }
 */
export function estimateRegression(
  estimator: RegressionEstimator,
  rows: readonly LossRow[],
  represented: number,
): Record<"mae" | "mse" | "rmse", EstimatedMetric> {
  if (rows.length === 0) {
    const none = insufficientData("no predictions with a value in the window");
    return { mae: none, mse: none, rmse: none };
  }
  const features = lossColumns(rows, estimator.categories);
  const options = { represented: Math.max(represented, rows.length) };
  const mse = estimateLoss(estimator.squared, features, options);
  return { mae: estimateLoss(estimator.absolute, features, options), mse, rmse: rootOfEstimate(mse) };
}
