import { binBy, columnCuts, tabulate } from "./bin-rows.ts";
import { createGradientSteps, setStep } from "./gradient-steps.ts";
import { evaluateTree, growTree, type Tree } from "./histogram-tree.ts";

/** BoostedRegression is a sum of small trees over binned features that predicts a number. */
export type BoostedRegression = {
  readonly base: number;
  readonly learningRate: number;
  /** Upper edges of the bins of each feature. */
  readonly cuts: readonly Float64Array[];
  readonly trees: readonly Tree[];
};

/** RegressionOptions say how long and how carefully to learn. */
export type RegressionOptions = {
  readonly rounds: number;
  readonly depth: number;
  readonly learningRate: number;
  readonly minimumLeafRows: number;
};

/** DEFAULT_REGRESSION suits a few thousand rows and tens of features. */
export const DEFAULT_REGRESSION: RegressionOptions = {
  rounds: 60,
  depth: 3,
  learningRate: 0.1,
  minimumLeafRows: 20,
};

/**
 * fitBoostedRegression returns gradient-boosted trees for a number, fitted by least squares. Deterministic: no sampling.
 *
 * Arguments: one column a feature (NaN is missing and has a bin of its own), the target of each row. Categories go in as numbers, for example by their
 * mean target. O(rounds · depth · rows · features). Source: Friedman, Annals of Statistics 29 (2001).
 *
 * @example fitBoostedRegression({ features: [temperature, hour], target: absoluteErrors });
 */
export function fitBoostedRegression(
  data: { features: readonly ArrayLike<number>[]; target: ArrayLike<number> },
  options: RegressionOptions = DEFAULT_REGRESSION,
): BoostedRegression {
  const columns = data.features.map((feature) => Float64Array.from(feature));
  const cuts = columns.map(columnCuts);
  const rows = tabulate(
    columns.map((column, feature) => binBy(cuts[feature]!, column)),
    Uint32Array.from({ length: data.target.length }, (_, row) => row),
  );
  let base = 0;
  for (let row = 0; row < rows.rows; row++) base += (data.target[row]! - base) / (row + 1);
  const residuals = Float64Array.from(data.target, (target) => target - base);
  const steps = createGradientSteps(rows.rows);
  const task = { rows, steps, minimumCurvature: options.minimumLeafRows, shrinkage: 0 };
  const trees: Tree[] = [];
  for (let round = 0; round < options.rounds; round++) {
    // Steps hold gradients of at most 1.
    const scale = residuals.reduce((most, residual) => Math.max(most, Math.abs(residual)), 0);
    if (scale === 0) break;
    for (let row = 0; row < rows.rows; row++) setStep(steps, row, -residuals[row]! / scale, 1);
    const grown = growTree(task, options.depth);
    if (grown.gains[0] === 0) break;
    const tree = { ...grown, values: grown.values.map((value) => value * scale) };
    trees.push(tree);
    for (let row = 0; row < rows.rows; row++) {
      residuals[row]! -= options.learningRate * evaluateTree(tree, rows, row);
    }
  }
  return { base, learningRate: options.learningRate, cuts, trees };
}

/**
 * predictRegression returns the predictions for rows given as feature columns in the order of fitting. O(rows · trees · depth).
 *
 * @example predictRegression(regression, [[20.5], [12]])[0]; // what a row of 20.5 degrees at noon should cost
 */
export function predictRegression(
  { base, learningRate, cuts, trees }: BoostedRegression,
  features: readonly ArrayLike<number>[],
): Float64Array {
  const columns = features.map((feature, at) => binBy(cuts[at]!, Float64Array.from(feature)));
  const rows = tabulate(
    columns,
    Uint32Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => row),
  );
  return Float64Array.from({ length: rows.rows }, (_, row) => {
    let prediction = base;
    for (const tree of trees) prediction += learningRate * evaluateTree(tree, rows, row);
    return prediction;
  });
}
