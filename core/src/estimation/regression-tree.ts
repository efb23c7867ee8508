/**
 * RegressionTree is a binary tree over binned features, as parallel columns by node; node 0 is the root. A node with `feature` −1 is a
 * leaf; else rows whose bin is at most `bin` go to `left`, the others to `left + 1`.
 */
export interface RegressionTree {
  feature: number[];
  bin: number[];
  left: number[];
  value: number[];
}

const BINS = 256;

/**
 * growTree returns a least-squares regression tree on binned feature columns, split greedily by the largest drop of squared error. Leaves
 * hold at least `minimumLeafRows` rows and predict their mean. O(depth · rows · features).
 */
export function growTree(
  binned: readonly Uint8Array[],
  target: Float64Array,
  { depth, minimumLeafRows }: { depth: number; minimumLeafRows: number },
): RegressionTree {
  const tree: RegressionTree = { feature: [], bin: [], left: [], value: [] };
  const addNode = (rows: Uint32Array): number => {
    let sum = 0;
    for (const row of rows) sum += target[row]!;
    tree.feature.push(-1);
    tree.bin.push(0);
    tree.left.push(0);
    tree.value.push(rows.length === 0 ? 0 : sum / rows.length);
    return tree.feature.length - 1;
  };
  const all = Uint32Array.from({ length: target.length }, (_, i) => i);
  let frontier = [{ node: addNode(all), rows: all }];
  for (let level = 0; level < depth; level++) {
    const next: typeof frontier = [];
    for (const { node, rows } of frontier) {
      const split = bestSplit(binned, target, rows, minimumLeafRows);
      if (split === null) continue;
      const column = binned[split.feature]!;
      const left = rows.filter((row) => column[row]! <= split.bin);
      const right = rows.filter((row) => column[row]! > split.bin);
      tree.feature[node] = split.feature;
      tree.bin[node] = split.bin;
      tree.left[node] = addNode(left);
      next.push({ node: tree.left[node]!, rows: left }, { node: addNode(right), rows: right });
    }
    frontier = next;
  }
  return tree;
}

/** predictTree returns the value of the leaf that a row falls into, given its bin in each feature. O(depth). */
export function predictTree(tree: RegressionTree, binOf: (feature: number) => number): number {
  let node = 0;
  while (tree.feature[node]! >= 0) {
    node = binOf(tree.feature[node]!) <= tree.bin[node]! ? tree.left[node]! : tree.left[node]! + 1;
  }
  return tree.value[node]!;
}

function bestSplit(
  binned: readonly Uint8Array[],
  target: Float64Array,
  rows: Uint32Array,
  minimumLeafRows: number,
): { feature: number; bin: number } | null {
  if (rows.length < 2 * minimumLeafRows) return null;
  let total = 0;
  for (const row of rows) total += target[row]!;
  const whole = (total * total) / rows.length;
  let best: { feature: number; bin: number; gain: number } | null = null;
  const counts = new Float64Array(BINS);
  const sums = new Float64Array(BINS);
  for (let feature = 0; feature < binned.length; feature++) {
    const column = binned[feature]!;
    counts.fill(0);
    sums.fill(0);
    for (const row of rows) {
      counts[column[row]!]! += 1;
      sums[column[row]!]! += target[row]!;
    }
    let leftCount = 0;
    let leftSum = 0;
    for (let bin = 0; bin < BINS - 1 && leftCount < rows.length; bin++) {
      if (counts[bin] === 0) continue;
      leftCount += counts[bin]!;
      leftSum += sums[bin]!;
      const rightCount = rows.length - leftCount;
      if (leftCount < minimumLeafRows || rightCount < minimumLeafRows) continue;
      const gain = leftSum ** 2 / leftCount + (total - leftSum) ** 2 / rightCount - whole;
      if (gain > (best?.gain ?? 1e-12 * (1 + Math.abs(whole)))) best = { feature, bin, gain };
    }
  }
  return best;
}
