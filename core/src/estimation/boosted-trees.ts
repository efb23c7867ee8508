import { binColumn, type ColumnBins, learnColumnBins } from "./column-bins.ts";
import { growTree, predictTree, type RegressionTree } from "./regression-tree.ts";

/** BoostedTrees is a fitted gradient-boosted regression, ready for JSON. */
export interface BoostedTrees {
  base: number;
  learningRate: number;
  columns: ColumnBins[];
  trees: RegressionTree[];
}

/** BoostingOptions bound the size of the model; the defaults suit a few thousand rows and tens of features. */
export interface BoostingOptions {
  trees: number;
  depth: number;
  learningRate: number;
  minimumLeafRows: number;
  bins: number;
}

const DEFAULTS: BoostingOptions = { trees: 60, depth: 3, learningRate: 0.1, minimumLeafRows: 20, bins: 32 };

/**
 * fitBoostedTrees returns a gradient-boosted regression of `target` on numeric `features` (one column each; NaN is missing and has a bin of
 * its own), least squares, on histograms of at most 32 bins a column. Deterministic: no sampling. Categories go in as numbers, for example
 * by their mean target. Source: Friedman, Annals of Statistics 29 (2001). O(trees · depth · rows · features).
 *
 * @example fitBoostedTrees({ features: [temperature, hour], target: absoluteErrors })
 */
export function fitBoostedTrees(
  data: { features: readonly ArrayLike<number>[]; target: ArrayLike<number> },
  options: Partial<BoostingOptions> = {},
): BoostedTrees {
  const settings = { ...DEFAULTS, ...options };
  const rows = data.target.length;
  const columns = data.features.map((feature) => learnColumnBins(feature, settings.bins));
  const binned = data.features.map((feature, f) => binColumn(columns[f]!, feature));
  let base = 0;
  for (let i = 0; i < rows; i++) base += (data.target[i]! - base) / (i + 1);
  const residuals = Float64Array.from(data.target, (target) => target - base);
  const trees: RegressionTree[] = [];
  for (let t = 0; t < settings.trees; t++) {
    const tree = growTree(binned, residuals, settings);
    if (tree.feature.length === 1) break;
    trees.push(tree);
    for (let i = 0; i < rows; i++) {
      residuals[i]! -= settings.learningRate * predictTree(tree, (feature) => binned[feature]![i]!);
    }
  }
  return { base, learningRate: settings.learningRate, columns, trees };
}

/** predictBoostedTrees returns the predictions for rows given as feature columns in the order of fitting. O(rows · trees · depth). */
export function predictBoostedTrees(
  model: BoostedTrees,
  features: readonly ArrayLike<number>[],
): Float64Array {
  const rows = features[0]?.length ?? 0;
  const binned = features.map((feature, f) => binColumn(model.columns[f]!, feature));
  const result = new Float64Array(rows).fill(model.base);
  for (const tree of model.trees) {
    for (let i = 0; i < rows; i++) {
      result[i]! += model.learningRate * predictTree(tree, (feature) => binned[feature]![i]!);
    }
  }
  return result;
}
