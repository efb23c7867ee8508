/** LossRow is one prediction of a regressor: what it said, the truth where its label has come, and its inputs by name; a missing number is null. */
export interface LossRow {
  predicted: number;
  truth: number | null;
  numbers: readonly (number | null)[];
  strings: readonly string[];
}

/** LossInputs names the inputs that rows carry, in the order of their columns. */
export interface LossInputs {
  numbers: readonly string[];
  strings: readonly string[];
}

/** CategoryMeans are, per string input, the mean loss of each category that the reference knows well enough. */
export type CategoryMeans = Record<string, number>[];

const MINIMUM_CATEGORY_ROWS = 20;

/**
 * learnCategoryMeans returns the mean of `losses` per category of each string input, for categories with at least 20 rows: trees split numbers,
 * so a category stands in by what it costs. O(rows · inputs).
 *
 * @example learnCategoryMeans(rows, losses) // [{ AA: 4.1, DL: 3.2 }]
 */
export function learnCategoryMeans(rows: readonly LossRow[], losses: ArrayLike<number>): CategoryMeans {
  return (rows[0]?.strings ?? []).map((_, column) => {
    const sums = new Map<string, { rows: number; loss: number }>();
    rows.forEach(({ strings }, i) => {
      const name = strings[column] ?? "";
      const sum = sums.get(name) ?? { rows: 0, loss: 0 };
      sums.set(name, { rows: sum.rows + 1, loss: sum.loss + losses[i]! });
    });
    const known = [...sums].filter(([, sum]) => sum.rows >= MINIMUM_CATEGORY_ROWS);
    return Object.fromEntries(known.map(([name, sum]) => [name, sum.loss / sum.rows]));
  });
}

/** lossColumns returns rows as feature columns: the prediction, then numbers, then categories by their means; NaN where missing or unknown. O(rows · inputs). */
export function lossColumns(rows: readonly LossRow[], categories: CategoryMeans): Float64Array[] {
  const numbers = rows[0]?.numbers.length ?? 0;
  return [
    Float64Array.from(rows, (row) => row.predicted),
    ...Array.from({ length: numbers }, (_, column) =>
      Float64Array.from(rows, (row) => row.numbers[column] ?? Number.NaN),
    ),
    ...categories.map((means, column) => {
      const known = new Map(Object.entries(means));
      return Float64Array.from(rows, (row) => known.get(row.strings[column] ?? "") ?? Number.NaN);
    }),
  ];
}
