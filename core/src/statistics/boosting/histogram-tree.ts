import { BIN_COUNT, type BinnedRows } from "./bin-rows.ts";
import { curvatureOf, type GradientSteps, gradientOf } from "./gradient-steps.ts";

/**
 * Tree is a complete binary tree, level by level: node i asks whether a row's cell of `features[i]` is at most `cells[i]`, then goes on with node
 * 2i + 1 (yes) or 2i + 2; behind the last level stand the leaves' values. A node that is not split sends every row one way.
 */
export type Tree = {
  readonly depth: number;
  readonly features: Uint32Array;
  readonly cells: Uint32Array;
  readonly gains: Float64Array;
  readonly values: Float64Array;
};

/** TreeTask is one regression on gradients: the rows to fit, the step of each row, and how to stop. */
export type TreeTask = {
  readonly rows: BinnedRows;
  readonly steps: GradientSteps;
  /** Curvature below which no leaf is made; a row has at most a quarter. */
  readonly minimumCurvature: number;
  /** Added to a leaf's curvature, so that small leaves say little. */
  readonly shrinkage: number;
};

/**
 * growTree returns a regression tree of the given depth (at least 1) that follows the negative gradient, split where the loss falls most.
 *
 * Splits are looked for between histogram bins. Of two children the smaller one's histogram is counted; the other's is what remains.
 * O(depth · rows · features). Source: Friedman 2001; Chen & Guestrin 2016, eq. 7; Ke et al. 2017.
 *
 * @example growTree(task, 2);
 */
export function growTree(task: TreeTask, depth: number): Tree {
  const inner = 2 ** depth - 1;
  const tree: Tree = {
    depth,
    features: new Uint32Array(inner),
    cells: new Uint32Array(inner).fill(0xffffffff),
    gains: new Float64Array(inner),
    values: new Float64Array(inner + 1),
  };
  const members = Uint32Array.from({ length: task.rows.rows }, (_, row) => row);
  const sums = binSums(task, members);
  let whole = 0;
  for (let bin = 0; bin < BIN_COUNT; bin++) whole += sums[bin]!;
  grow(task, tree, 0, { members, sums, whole });
  return tree;
}

/**
 * evaluateTree returns the value of the leaf a row falls into. O(depth).
 *
 * @example evaluateTree(growTree(task, 2), task.rows, 0);
 */
export function evaluateTree(tree: Tree, { cells, features }: BinnedRows, row: number): number {
  const start = row * features;
  let node = 0;
  for (let level = 0; level < tree.depth; level++) {
    node = 2 * node + (cells[start + tree.features[node]!]! <= tree.cells[node]! ? 1 : 2);
  }
  return tree.values[node - tree.features.length]!;
}

/** The rows of a node with the sums of their steps: of every bin of every feature, and of all of them. */
type Branch = { members: Uint32Array; sums: Float64Array; whole: number };

function grow(task: TreeTask, tree: Tree, node: number, branch: Branch): void {
  const best = bestSplit(task, branch);
  if (best === undefined) {
    setLeaves(task, tree, node, branch.whole);
    return;
  }
  const { feature, cell, gain, leftSum } = best;
  const rightSum = branch.whole - leftSum;
  tree.features[node] = feature;
  tree.cells[node] = cell;
  tree.gains[node] = gain;
  const [left, right] = [2 * node + 1, 2 * node + 2];
  if (left >= tree.features.length) {
    setLeaves(task, tree, left, leftSum);
    setLeaves(task, tree, right, rightSum);
    return;
  }
  const [leftMembers, rightMembers] = partition(task.rows, branch.members, feature, cell);
  const isLeftSmaller = leftMembers.length <= rightMembers.length;
  const counted = binSums(task, isLeftSmaller ? leftMembers : rightMembers);
  const remaining = branch.sums;
  for (let at = 0; at < counted.length; at++) remaining[at]! -= counted[at]!;
  const [leftSums, rightSums] = isLeftSmaller ? [counted, remaining] : [remaining, counted];
  grow(task, tree, left, { members: leftMembers, sums: leftSums, whole: leftSum });
  grow(task, tree, right, { members: rightMembers, sums: rightSums, whole: rightSum });
}

// Every leaf below the node has the same value.
function setLeaves({ steps, shrinkage }: TreeTask, tree: Tree, node: number, whole: number): void {
  const inner = tree.features.length;
  let [first, last] = [node, node];
  while (first < inner) [first, last] = [2 * first + 1, 2 * last + 2];
  const gradient = gradientOf(whole);
  const value = -gradient / (curvatureOf(whole, gradient) + shrinkage * steps.resolution);
  tree.values.fill(value, first - inner, last - inner + 1);
}

function partition(
  { cells, features }: BinnedRows,
  members: Uint32Array,
  feature: number,
  cell: number,
): [Uint32Array, Uint32Array] {
  const sorted = new Uint32Array(members.length);
  let left = 0;
  let right = members.length;
  for (let i = 0; i < members.length; i++) {
    const row = members[i]!;
    if (cells[row * features + feature]! <= cell) sorted[left++] = row;
    else sorted[--right] = row;
  }
  return [sorted.subarray(0, left), sorted.subarray(left)];
}

function binSums(
  { rows: { cells, features }, steps: { packed } }: TreeTask,
  members: Uint32Array,
): Float64Array {
  const sums = new Float64Array(features * BIN_COUNT);
  for (let i = 0; i < members.length; i++) {
    const row = members[i]!;
    const step = packed[row]!;
    const end = (row + 1) * features;
    for (let at = row * features; at < end; at++) sums[cells[at]!]! += step;
  }
  return sums;
}

type Split = { feature: number; cell: number; gain: number; leftSum: number };

function bestSplit({ rows, steps, ...task }: TreeTask, { sums, whole }: Branch): Split | undefined {
  const shrinkage = task.shrinkage * steps.resolution;
  const minimum = task.minimumCurvature * steps.resolution;
  const gradient = gradientOf(whole);
  const curvature = curvatureOf(whole, gradient);
  const parent = (gradient * gradient) / (curvature + shrinkage);
  let most = parent + 1e-9 * steps.resolution;
  let best = -1;
  let bestSum = 0;
  for (let start = 0; start < rows.features * BIN_COUNT; start += BIN_COUNT) {
    let sum = 0;
    for (let cell = start; cell < start + BIN_COUNT - 1; cell++) {
      sum += sums[cell]!;
      const left = gradientOf(sum);
      const leftCurvature = curvatureOf(sum, left);
      if (leftCurvature < minimum) continue;
      const rightCurvature = curvature - leftCurvature;
      if (rightCurvature < minimum) break;
      const right = gradient - left;
      const drop =
        (left * left) / (leftCurvature + shrinkage) + (right * right) / (rightCurvature + shrinkage);
      if (drop <= most) continue;
      most = drop;
      best = cell;
      bestSum = sum;
    }
  }
  if (best === -1) return undefined;
  return {
    feature: Math.floor(best / BIN_COUNT),
    cell: best,
    gain: (most - parent) / steps.resolution,
    leftSum: bestSum,
  };
}
