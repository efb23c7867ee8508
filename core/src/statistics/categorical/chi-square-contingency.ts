import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { chiSquareUpperTail } from "../special/chi-square-distribution.ts";

/** ChiSquareValue is Pearson's chi-square test of a contingency table with its effect size. */
export type ChiSquareValue = {
  statistic: number;
  degreesOfFreedom: number;
  pValue: number;
  /** √(χ²/(N·(min(rows, columns)−1))), in [0, 1], not bias-corrected. */
  cramersV: number;
  /** The smallest expected count; below 5 the p-value is rough. */
  minExpected: number;
  total: number;
};

/**
 * chiSquareContingency returns Pearson's chi-square test of independence of a table of counts, without Yates' correction.
 *
 * For: whether categories are distributed alike on the rows (reference, window). χ² in [0, ∞), larger is further apart.
 * Arguments: rows of equal length of counts ≥ 0. Rows and columns without any count are dropped; with fewer than two of
 * either left: `insufficient_data` for rows, `not_defined` for columns. `not_defined` for ragged or invalid counts.
 * O(rows × columns). Source: Pearson 1900; Cramér 1946.
 *
 * @example chiSquareContingency([[10, 20], [30, 40]]); // statistic 0.79365…, degreesOfFreedom 1
 */
export function chiSquareContingency(table: readonly ArrayLike<number>[]): Outcome<ChiSquareValue> {
  const columns = table[0]?.length ?? 0;
  const columnTotals = new Float64Array(columns);
  const rowTotals: number[] = [];
  for (const row of table) {
    if (row.length !== columns) return notDefined("the rows of the table differ in length");
    let rowTotal = 0;
    for (let c = 0; c < columns; c++) {
      const count = row[c]!;
      if (!(count >= 0) || count === Number.POSITIVE_INFINITY)
        return notDefined("a count is negative or not finite");
      rowTotal += count;
      columnTotals[c]! += count;
    }
    rowTotals.push(rowTotal);
  }
  const usedRows = rowTotals.filter((value) => value > 0).length;
  const usedColumns = columnTotals.filter((value) => value > 0).length;
  if (usedRows < 2) return insufficientData("fewer than two rows hold any value");
  if (usedColumns < 2) return notDefined("all values fall into one category");
  const total = rowTotals.reduce((sum, value) => sum + value, 0);
  const { statistic, minExpected } = pearson(table, rowTotals, columnTotals, total);
  const degreesOfFreedom = (usedRows - 1) * (usedColumns - 1);
  return {
    outcome: "ok",
    statistic,
    degreesOfFreedom,
    pValue: chiSquareUpperTail(statistic, degreesOfFreedom),
    cramersV: Math.min(1, Math.sqrt(statistic / total / (Math.min(usedRows, usedColumns) - 1))),
    minExpected,
    total,
  };
}

function pearson(
  table: readonly ArrayLike<number>[],
  rowTotals: readonly number[],
  columnTotals: Float64Array,
  total: number,
): { statistic: number; minExpected: number } {
  let statistic = 0;
  let minExpected = Number.POSITIVE_INFINITY;
  table.forEach((row, r) => {
    for (let c = 0; c < row.length; c++) {
      const expected = rowTotals[r]! * (columnTotals[c]! / total);
      if (expected === 0) continue;
      statistic += (row[c]! - expected) ** 2 / expected;
      if (expected < minExpected) minExpected = expected;
    }
  });
  return { statistic, minExpected };
}
