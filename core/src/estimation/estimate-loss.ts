import {
  type BoostedRegression,
  fitBoostedRegression,
  insufficientData,
  type NotComputable,
  normalQuantile,
  predictRegression,
} from "../statistics/index.ts";
import type { EstimatedMetric } from "./estimate-binary.ts";

/** LossEstimator predicts a per-row loss from a row's features: fitted on labelled reference rows. */
export interface LossEstimator {
  model: BoostedRegression;
  /** Mean squared error of the predicted losses on held-out rows, and the error of their mean over held-out blocks. */
  residualVariance: number;
  biasVariance: number;
  /** Mean square of the predicted losses themselves: rows that lose more also vary more. */
  predictedSquare: number;
  rows: number;
}

/** MINIMUM_ESTIMATOR_ROWS is how many labelled reference rows direct loss estimation needs. */
export const MINIMUM_ESTIMATOR_ROWS = 200;

const BLOCKS = 5;

/**
 * fitLossEstimator returns a direct loss estimator (NannyML's DLE): boosted trees that learn how wrong the model is on which rows. `features`
 * are columns of the reference in order of time, the model's own prediction well among them; `losses` are its per-row losses, absolute or
 * squared errors. Five held-out blocks of time measure how far the mean of predicted losses lies from the real one. Needs 200 rows.
 * O(trees · depth · rows · features).
 *
 * @example fitLossEstimator({ features: [predicted, temperature], losses: absoluteErrors })
 */
export function fitLossEstimator(data: {
  features: readonly ArrayLike<number>[];
  losses: ArrayLike<number>;
}): { outcome: "ok"; estimator: LossEstimator } | NotComputable {
  const rows = data.losses.length;
  if (rows < MINIMUM_ESTIMATOR_ROWS) {
    return insufficientData(
      `${rows} labelled reference rows; ${MINIMUM_ESTIMATOR_ROWS} are needed to learn the loss`,
    );
  }
  let squaredError = 0;
  let blockError = 0;
  let predictedSquare = 0;
  for (let block = 0; block < BLOCKS; block++) {
    const from = Math.floor((block * rows) / BLOCKS);
    const to = Math.floor(((block + 1) * rows) / BLOCKS);
    const outside = (column: ArrayLike<number>) =>
      Float64Array.from(column).filter((_, i) => i < from || i >= to);
    const inside = (column: ArrayLike<number>) => Float64Array.from(column).subarray(from, to);
    const model = fitBoostedRegression({
      features: data.features.map(outside),
      target: outside(data.losses),
    });
    const predicted = predictRegression(model, data.features.map(inside));
    const real = inside(data.losses);
    let bias = 0;
    for (let i = 0; i < real.length; i++) {
      squaredError += (predicted[i]! - real[i]!) ** 2 / rows;
      predictedSquare += predicted[i]! ** 2 / rows;
      bias += (predicted[i]! - real[i]!) / real.length;
    }
    blockError += (bias * bias) / BLOCKS;
  }
  // The mean error of a block also holds the chance in its rows, which is counted again for the window: take it off.
  const biasVariance = Math.max(0, blockError - squaredError / (rows / BLOCKS));
  const model = fitBoostedRegression({ features: data.features, target: data.losses });
  return {
    outcome: "ok",
    estimator: { model, residualVariance: squaredError, biasVariance, predictedSquare, rows },
  };
}

/**
 * estimateLoss returns the mean loss to expect over a window's rows from their features alone, with the band in which the realised mean
 * should lie. `represented` says how many rows of the window the given ones were sampled from, if they were. Range from 0; it holds as
 * long as the relation of features to loss does, and is blind to concept drift. O(rows · trees · depth).
 */
export function estimateLoss(
  estimator: LossEstimator,
  features: readonly ArrayLike<number>[],
  options: { represented?: number; level?: number } = {},
): EstimatedMetric {
  const predicted = predictRegression(estimator.model, features);
  const n = predicted.length;
  if (n === 0) return insufficientData("no predictions in the window");
  const { represented = n, level = 0.95 } = options;
  let mean = 0;
  let squares = 0;
  predicted.forEach((x, i) => {
    const deviation = x - mean;
    mean += deviation / (i + 1);
    squares += deviation * (x - mean);
  });
  const sampling = represented > n && n > 1 ? (squares / (n - 1) / n) * (1 - n / represented) : 0;
  // Losses scatter about in proportion to their size: where the inputs drift to where the model is worse, the band widens with the estimate.
  const size = estimator.predictedSquare > 0 ? (mean * mean + squares / n) / estimator.predictedSquare : 1;
  const standardError = Math.sqrt(
    size * (estimator.residualVariance / represented + estimator.biasVariance) + sampling,
  );
  const half = normalQuantile((1 + level) / 2) * standardError;
  return {
    outcome: "ok",
    value: Math.max(0, mean),
    ciLow: Math.max(0, mean - half),
    ciHigh: Math.max(0, mean + half),
    standardError,
  };
}

/** rootOfEstimate returns the estimate of a root mean squared error from that of the mean squared error. O(1). */
export function rootOfEstimate(estimate: EstimatedMetric): EstimatedMetric {
  if (estimate.outcome !== "ok") return estimate;
  const value = Math.sqrt(estimate.value);
  return {
    outcome: "ok",
    value,
    ciLow: Math.sqrt(estimate.ciLow),
    ciHigh: Math.sqrt(estimate.ciHigh),
    standardError: value === 0 ? 0 : estimate.standardError / (2 * value),
  };
}
