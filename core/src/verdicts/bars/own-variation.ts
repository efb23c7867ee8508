import { averageOf, valueOr } from "../../statistics/index.ts";
import type { ReferenceDeviation } from "./estimate-dispersion.ts";
import { slowLevels } from "./slow-levels.ts";

/** OwnVariation is how one statistic of one feature varied over the reference's windows, as seen from inside: before it is known what that hides. */
export interface OwnVariation {
  /** Mean squared deviation from the baseline's mean beyond what sampling explains; below 0 by chance. */
  squared: number;
  /** Standard deviation that sampling alone gives one window's squared deviation. */
  noise: number;
  /** Mean product of successive windows' deviations. */
  product: number;
  windows: number;
  /** Mean square of the squared deviations in units of their squared mean: 3 of a normal level, more where few windows hold most of the variance. */
  kurtosis: number;
  /** Pairs of successive windows. */
  products: number;
  /** The whole numbers of the windows of one baseline (the shortest): 0, 1, 2, … without a rhythm. */
  positions: readonly number[];
}

/** measureVariation returns the moments of a statistic's deviations, each of a window against its baseline without it. O(windows). */
export function measureVariation(
  deviations: readonly ReferenceDeviation[],
  positions: readonly number[],
): OwnVariation {
  const count = Math.max(2, positions.length);
  // A window left out lies further from the rest than from the mean of all.
  const leftOut = ((count - 1) / count) ** 2;
  const isInARow = positions.length > 1 && positions.at(-1)! - positions[0]! === positions.length - 1;
  const products = deviations.flatMap(({ productWithNext, samplingLevel }) =>
    // Neighbours compared with the same windows have the sampling error of those in common, with opposite signs.
    productWithNext === undefined
      ? []
      : productWithNext * leftOut + (isInARow ? (samplingLevel * leftOut) / (count - 1) : 0),
  );
  return {
    squared: leftOut * mean(deviations.map(({ squared, samplingLevel }) => squared - samplingLevel)),
    noise:
      leftOut *
      mean(deviations.map(({ samplingLevel, degrees = 1 }) => samplingLevel * Math.sqrt(2 / degrees))),
    product: mean(products),
    windows: deviations.length,
    kurtosis: kurtosisOf(deviations.map(({ squared }) => squared)),
    products: products.length,
    positions,
  };
}

/** neighbourCorrelation returns how alike the level's successive windows are by themselves, 0 to 0.95; 0 where they stand still. O(20 · positions). */
export function neighbourCorrelation({ squared, product, positions }: OwnVariation): number {
  if (!(squared > 0) || positions.length < 2) return 0;
  return slowLevels(positions).correlationBehind(product / squared);
}

function kurtosisOf(squares: readonly number[]): number {
  const level = mean(squares);
  return level > 0 ? mean(squares.map((squared) => squared * squared)) / level ** 2 : 0;
}

function mean(values: readonly number[]): number {
  if (values.length === 0) return 0;
  // Deviations that no number holds are as wide as can be.
  return valueOr(averageOf(values), Number.POSITIVE_INFINITY);
}
