import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** PcaModel is what of a reference's linear structure is kept to judge later windows by. JSON-serialisable. */
export type PcaModel = {
  /** Per feature: mean and population standard deviation of the reference, by which rows are standardised. */
  means: number[];
  deviations: number[];
  /** Unit vectors of the kept components, one row each. */
  components: number[][];
  /** Share of the reference's variance they hold. */
  varianceKept: number;
  /** Mean, standard deviation and rows of the reference's own reconstruction error. */
  referenceError: { mean: number; deviation: number; rows: number };
};

/** Rows per feature below which the covariance is too rough to judge by. */
const ROWS_PER_FEATURE = 5;

/**
 * fitPca returns the principal components of a reference that hold `variance` of its standardised variance.
 *
 * For: drift of how features move together, which no single feature shows. Arguments: one column a feature, all of one length,
 * numbers (missing ones count as the mean); the share of variance to keep, in (0, 1). Constant features are left in with weight 0.
 * Smallest sample: five rows a feature (`insufficient_data`); `not_defined` for fewer than two features that vary.
 * O(n·d² + d³). Source: Pearson 1901; reconstruction error for drift as in NannyML.
 *
 * @example fitPca([columnA, columnB, columnC], 0.65);
 */
export function fitPca(columns: readonly Float64Array[], variance = 0.65): Outcome<{ model: PcaModel }> {
  const features = columns.length;
  const rows = columns[0]?.length ?? 0;
  if (columns.some((column) => column.length !== rows)) return notDefined("columns of different lengths");
  if (rows < ROWS_PER_FEATURE * features || rows === 0) {
    return insufficientData(
      `${rows} rows for ${features} features; ${ROWS_PER_FEATURE} rows a feature are needed`,
    );
  }
  const moments = columns.map(momentsOf);
  const varying = moments.filter(({ deviation }) => deviation > 0).length;
  if (varying < 2) return notDefined(`${varying} of ${features} features vary; two are needed`);
  const means = moments.map(({ mean }) => mean);
  const deviations = moments.map(({ deviation }) => deviation);
  const standardised = columns.map((column, f) => standardise(column, means[f]!, deviations[f]!));
  const { values, vectors } = symmetricEigen(correlation(standardised));
  const total = values.reduce((sum, value) => sum + value, 0);
  let kept = 0;
  let held = 0;
  while (kept < varying - 1 && held < variance * total) held += values[kept++]!;
  const components = vectors.slice(0, kept).map((vector) => Array.from(vector));
  const errors = reconstructionErrors(standardised, components);
  const { mean, deviation } = momentsOf(errors);
  return {
    outcome: "ok",
    model: {
      means,
      deviations,
      components,
      varianceKept: held / total,
      referenceError: { mean, deviation, rows },
    },
  };
}

/**
 * reconstructionErrors returns, per row, the distance of the standardised row from the plane of the components.
 *
 * O(n·d·k). Source: Pearson 1901.
 *
 * @example reconstructionErrors([Float64Array.of(1), Float64Array.of(0)], [[1, 0]]); // Float64Array [0]
 */
export function reconstructionErrors(
  standardised: readonly Float64Array[],
  components: readonly (readonly number[])[],
): Float64Array {
  const rows = standardised[0]?.length ?? 0;
  const row = new Float64Array(standardised.length);
  return Float64Array.from({ length: rows }, (_, r) => {
    let square = 0;
    for (let f = 0; f < row.length; f++) {
      row[f] = standardised[f]![r]!;
      square += row[f]! * row[f]!;
    }
    for (const component of components) {
      let projection = 0;
      for (let f = 0; f < row.length; f++) projection += row[f]! * component[f]!;
      square -= projection * projection;
    }
    return Math.sqrt(Math.max(0, square));
  });
}

/**
 * standardise returns (x − mean)/deviation for each value; missing and infinite values and constant columns become 0.
 *
 * O(n).
 *
 * @example standardise(Float64Array.of(1, Number.NaN), 0, 2); // Float64Array [0.5, 0]
 */
export function standardise(column: Float64Array, mean: number, deviation: number): Float64Array {
  return column.map((x) => (deviation > 0 && Number.isFinite(x) ? (x - mean) / deviation : 0));
}

/**
 * momentsOf returns the mean and population standard deviation of a column's finite values; 0 and 0 without any.
 *
 * O(n), two passes.
 *
 * @example momentsOf(Float64Array.of(1, 3)); // { mean: 2, deviation: 1 }
 */
export function momentsOf(column: Float64Array): { mean: number; deviation: number } {
  let count = 0;
  let sum = 0;
  for (const x of column) {
    if (!Number.isFinite(x)) continue;
    count++;
    sum += x;
  }
  if (count === 0 || !Number.isFinite(sum)) return { mean: 0, deviation: 0 };
  const mean = sum / count;
  let squares = 0;
  for (const x of column) if (Number.isFinite(x)) squares += (x - mean) * (x - mean);
  const deviation = Math.sqrt(squares / count);
  // Rounding leaves a constant column a trace of spread, and a square may overflow: neither is usable as a unit.
  const isUsable = Number.isFinite(deviation) && deviation > 1e-12 * Math.abs(mean);
  return { mean, deviation: isUsable ? deviation : 0 };
}

function correlation(standardised: readonly Float64Array[]): Float64Array[] {
  const matrix = standardised.map(() => new Float64Array(standardised.length));
  standardised.forEach((a, i) => {
    for (let j = i; j < standardised.length; j++) {
      const b = standardised[j]!;
      let sum = 0;
      for (let r = 0; r < a.length; r++) sum += a[r]! * b[r]!;
      matrix[i]![j] = sum / a.length;
      matrix[j]![i] = matrix[i]![j]!;
    }
  });
  return matrix;
}
