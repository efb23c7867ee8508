import { type BinnedRows, evaluateTree, growTree, type TreeNode } from "./histogram-tree.ts";

/** BoostedClassifier is a sum of small trees whose logistic is the probability of class 1. */
export type BoostedClassifier = {
  readonly base: number;
  readonly learningRate: number;
  readonly trees: readonly TreeNode[];
};

/** BoostingOptions say how long and how carefully to learn. */
export type BoostingOptions = {
  readonly rounds: number;
  readonly depth: number;
  readonly learningRate: number;
};

/** DEFAULT_BOOSTING learns pairs of features (depth 2) slowly enough for a few thousand rows. */
export const DEFAULT_BOOSTING: BoostingOptions = { rounds: 40, depth: 2, learningRate: 0.2 };

/**
 * fitBoostedClassifier returns gradient-boosted trees for two classes, fitted with logistic loss on the rows named.
 *
 * Arguments: binned features, labels 0 or 1 a row, the rows to learn from. O(rounds · depth · rows · features).
 * Source: Friedman 2001.
 *
 * @example fitBoostedClassifier(rows, labels, training, DEFAULT_BOOSTING);
 */
export function fitBoostedClassifier(
  rows: BinnedRows,
  labels: Uint8Array,
  training: Uint32Array,
  options: BoostingOptions,
): BoostedClassifier {
  const positives = training.reduce((sum, row) => sum + labels[row]!, 0);
  const base = Math.log((positives + 0.5) / (training.length - positives + 0.5));
  const scores = new Float64Array(labels.length).fill(base);
  const gradients = new Float64Array(labels.length);
  const curvatures = new Float64Array(labels.length);
  const task = {
    rows,
    gradients,
    curvatures,
    minimumRows: Math.max(10, Math.floor(training.length / 100)),
    shrinkage: 1,
  };
  const trees: TreeNode[] = [];
  for (let round = 0; round < options.rounds; round++) {
    for (const row of training) {
      const probability = 1 / (1 + Math.exp(-scores[row]!));
      gradients[row] = probability - labels[row]!;
      curvatures[row] = probability * (1 - probability);
    }
    const tree = growTree(task, training, options.depth);
    if (tree.kind === "leaf") break;
    trees.push(tree);
    for (const row of training) scores[row]! += options.learningRate * evaluateTree(tree, rows, row);
  }
  return { base, learningRate: options.learningRate, trees };
}

/**
 * scoreRow returns a row's log-odds of class 1. O(trees · depth).
 *
 * @example scoreRow(classifier, rows, 0) > 0; // more likely class 1
 */
export function scoreRow(classifier: BoostedClassifier, rows: BinnedRows, row: number): number {
  let score = classifier.base;
  for (const tree of classifier.trees) score += classifier.learningRate * evaluateTree(tree, rows, row);
  return score;
}

/**
 * featureGains returns, per feature, by how much its splits lowered the loss over all trees. O(nodes).
 *
 * @example featureGains(classifier, 3); // Float64Array of 3
 */
export function featureGains(classifier: BoostedClassifier, features: number): Float64Array {
  const gains = new Float64Array(features);
  const visit = (node: TreeNode): void => {
    if (node.kind === "leaf") return;
    gains[node.feature]! += node.gain;
    visit(node.left);
    visit(node.right);
  };
  classifier.trees.forEach(visit);
  return gains;
}
