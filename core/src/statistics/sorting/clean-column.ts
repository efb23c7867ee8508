/** CleanColumn is a column without its missing values, and how many there were. */
export type CleanColumn = {
  readonly values: Float64Array;
  readonly missing: number;
};

/**
 * cleanColumn returns the column's numbers (infinities kept) and counts what is missing: NaN, null, undefined.
 *
 * Argument: any array of numbers or nulls. Nothing is too small. O(n); a Float64Array without NaN is returned as it is, uncopied.
 *
 * @example cleanColumn([1, null, Number.NaN, 2]); // { values: Float64Array [1, 2], missing: 2 }
 */
export function cleanColumn(column: ArrayLike<number | null | undefined>): CleanColumn {
  let missing = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i];
    if (value === null || value === undefined || Number.isNaN(value)) missing++;
  }
  if (missing === 0 && column instanceof Float64Array) return { values: column, missing };
  const values = new Float64Array(column.length - missing);
  let next = 0;
  for (let i = 0; i < column.length; i++) {
    const value = column[i];
    if (value === null || value === undefined || Number.isNaN(value)) continue;
    values[next++] = value;
  }
  return { values, missing };
}
