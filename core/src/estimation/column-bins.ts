/** ColumnBins are the ascending upper edges by which a feature is binned; bin 0 is for missing values. */
export interface ColumnBins {
  edges: number[];
}

/** learnColumnBins returns edges at the column's own quantiles, at most `bins` of them, distinct. O(n log n). */
export function learnColumnBins(column: ArrayLike<number>, bins: number): ColumnBins {
  const sorted = Float64Array.from(column)
    .filter((x) => !Number.isNaN(x))
    .sort();
  const edges: number[] = [];
  for (let k = 1; k < bins; k++) {
    const edge = sorted[Math.floor((k * sorted.length) / bins)];
    if (edge !== undefined && edge !== edges.at(-1)) edges.push(edge);
  }
  return { edges };
}

/** binColumn returns each value's bin: 0 where it is missing, else one more than the number of edges below it. O(n log bins). */
export function binColumn({ edges }: ColumnBins, column: ArrayLike<number>): Uint8Array {
  return Uint8Array.from(column, (x) => {
    if (Number.isNaN(x)) return 0;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edges[middle]! < x) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  });
}
