/**
 * mergeSparseColumns returns the sum of two sparse tables whose `keys` ascend: each column is added key by key. It is ClickHouse's
 * `sumMap` over two rows. O(n + m) per column.
 *
 * @example mergeSparseColumns([1, 3], [[5, 2]], [3, 4], [[1, 1]]) // { keys: [1, 3, 4], columns: [[5, 3, 1]] }
 */
export function mergeSparseColumns(
  keysA: readonly number[],
  columnsA: readonly (readonly number[])[],
  keysB: readonly number[],
  columnsB: readonly (readonly number[])[],
): { keys: number[]; columns: number[][] } {
  const keys: number[] = [];
  const columns: number[][] = columnsA.map(() => []);
  let i = 0;
  let j = 0;
  while (i < keysA.length || j < keysB.length) {
    const a = i < keysA.length ? keysA[i]! : Number.POSITIVE_INFINITY;
    const b = j < keysB.length ? keysB[j]! : Number.POSITIVE_INFINITY;
    keys.push(Math.min(a, b));
    for (let c = 0; c < columns.length; c++) {
      columns[c]!.push((a <= b ? columnsA[c]![i]! : 0) + (b <= a ? columnsB[c]![j]! : 0));
    }
    if (a <= b) i++;
    if (b <= a) j++;
  }
  return { keys, columns };
}

/** sparseFromMap returns the ascending keys and the columns of a map from key to row. O(n log n). */
export function sparseFromMap(
  rows: ReadonlyMap<number, readonly number[]>,
  width: number,
): { keys: number[]; columns: number[][] } {
  const keys = [...rows.keys()].sort((a, b) => a - b);
  const columns = Array.from({ length: width }, (_, c) => keys.map((key) => rows.get(key)![c]!));
  return { keys, columns };
}
