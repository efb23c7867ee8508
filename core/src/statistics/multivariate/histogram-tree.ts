/** BinnedRows are features cut into a few bins each: one Uint8Array a feature, one entry a row; bin 0 is "missing". */
export type BinnedRows = { readonly bins: readonly Uint8Array[]; readonly binCount: number };

/** TreeNode is a leaf with a value, or a split: rows with bin ≤ `bin` of `feature` go left. */
export type TreeNode =
  | { readonly kind: "leaf"; readonly value: number }
  | {
      readonly kind: "split";
      readonly feature: number;
      readonly bin: number;
      readonly gain: number;
      readonly left: TreeNode;
      readonly right: TreeNode;
    };

/** TreeTask is one regression on gradients: the rows to fit, the gradient and curvature of each row, and how to stop. */
export type TreeTask = {
  readonly rows: BinnedRows;
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
  /** Rows of a leaf below which it is not split. */
  readonly minimumRows: number;
  /** Added to a leaf's curvature, so that small leaves say little. */
  readonly shrinkage: number;
};

/**
 * growTree returns a regression tree of the given depth that follows the negative gradient, split where the loss falls most.
 *
 * Splits are looked for between histogram bins. O(depth · rows · features). Source: Friedman 2001; Chen & Guestrin 2016, eq. 7.
 *
 * @example growTree(task, indices, 2);
 */
export function growTree(task: TreeTask, indices: Uint32Array, depth: number): TreeNode {
  const whole = totals(task, indices);
  const leaf: TreeNode = { kind: "leaf", value: -whole.gradient / (whole.curvature + task.shrinkage) };
  if (depth === 0 || indices.length < 2 * task.minimumRows) return leaf;
  const best = bestSplit(task, indices, whole);
  if (best === null) return leaf;
  const column = task.rows.bins[best.feature]!;
  const left = indices.filter((row) => column[row]! <= best.bin);
  const right = indices.filter((row) => column[row]! > best.bin);
  return {
    kind: "split",
    ...best,
    left: growTree(task, left, depth - 1),
    right: growTree(task, right, depth - 1),
  };
}

/**
 * evaluateTree returns the value of the leaf a row falls into. O(depth).
 *
 * @example evaluateTree({ kind: "leaf", value: 0.5 }, rows, 0); // 0.5
 */
export function evaluateTree(tree: TreeNode, rows: BinnedRows, row: number): number {
  let node = tree;
  while (node.kind === "split") node = rows.bins[node.feature]![row]! <= node.bin ? node.left : node.right;
  return node.value;
}

type Totals = { gradient: number; curvature: number };

function totals(task: TreeTask, indices: Uint32Array): Totals {
  let gradient = 0;
  let curvature = 0;
  for (let i = 0; i < indices.length; i++) {
    gradient += task.gradients[indices[i]!]!;
    curvature += task.curvatures[indices[i]!]!;
  }
  return { gradient, curvature };
}

type Split = { feature: number; bin: number; gain: number };

function bestSplit(task: TreeTask, indices: Uint32Array, whole: Totals): Split | null {
  const { binCount } = task.rows;
  const gradient = new Float64Array(binCount);
  const curvature = new Float64Array(binCount);
  const count = new Uint32Array(binCount);
  const parent = score(whole.gradient, whole.curvature, task.shrinkage);
  let best: Split | null = null;
  task.rows.bins.forEach((column, feature) => {
    gradient.fill(0);
    curvature.fill(0);
    count.fill(0);
    for (let i = 0; i < indices.length; i++) {
      const row = indices[i]!;
      const bin = column[row]!;
      gradient[bin]! += task.gradients[row]!;
      curvature[bin]! += task.curvatures[row]!;
      count[bin]!++;
    }
    let leftGradient = 0;
    let leftCurvature = 0;
    let leftCount = 0;
    for (let bin = 0; bin < binCount - 1; bin++) {
      leftGradient += gradient[bin]!;
      leftCurvature += curvature[bin]!;
      leftCount += count[bin]!;
      if (leftCount < task.minimumRows) continue;
      if (indices.length - leftCount < task.minimumRows) break;
      const gain =
        score(leftGradient, leftCurvature, task.shrinkage) +
        score(whole.gradient - leftGradient, whole.curvature - leftCurvature, task.shrinkage) -
        parent;
      if (gain > (best?.gain ?? 1e-9)) best = { feature, bin, gain };
    }
  });
  return best;
}

function score(gradient: number, curvature: number, shrinkage: number): number {
  return (gradient * gradient) / (curvature + shrinkage);
}
