import { addLoss } from "./loss-sums.ts";
import { emptyRegressionAggregate, type RegressionAggregate } from "./regression-aggregate.ts";
import { residualBucket } from "./residual-histogram.ts";
import { sparseFromMap } from "./sparse-columns.ts";

/** LARGEST_VALUE is beyond what any label or prediction measures: fourth powers of errors are summed, and larger ones would be infinite. Such rows are invalid. */
export const LARGEST_VALUE = 1e70;

/** RegressionRows are labelled rows of a regressor as parallel columns; `anchor` defaults to the mean of the truth. */
export interface RegressionRows {
  truth: ArrayLike<number>;
  predicted: ArrayLike<number>;
  weights?: ArrayLike<number>;
  anchor?: number;
}

/** aggregateRegressionRows returns the aggregate of rows held in memory, equal to what SQL computes from the stored ones. O(n). */
export function aggregateRegressionRows(rows: RegressionRows): RegressionAggregate {
  const { truth, predicted, weights } = rows;
  const aggregate = emptyRegressionAggregate(rows.anchor ?? finiteMean(truth));
  const residuals = new Map<number, [number]>();
  const absolute = new Map<number, [number]>();
  for (let i = 0; i < truth.length; i++) {
    const y = truth[i]!;
    const guess = predicted[i]!;
    const error = guess - y;
    const weight = weights?.[i] ?? 1;
    if (!(Math.abs(y) <= LARGEST_VALUE && Math.abs(guess) <= LARGEST_VALUE)) {
      aggregate.invalidRows += weight;
      continue;
    }
    const size = Math.abs(error);
    aggregate.weightSum += weight;
    aggregate.weightSquareSum += weight * weight;
    addLoss(aggregate.error, error, weight);
    addLoss(aggregate.absoluteError, size, weight);
    addLoss(aggregate.squaredError, error * error, weight);
    if (y !== 0 && size <= Math.abs(y) * LARGEST_VALUE) {
      addLoss(aggregate.absolutePercentageError, Math.abs(error / y), weight);
    }
    const span = Math.abs(y) + Math.abs(guess);
    addLoss(aggregate.symmetricPercentageError, span === 0 ? 0 : (2 * size) / span, weight);
    addTruth(aggregate, y - aggregate.anchor, error * error, weight);
    addCount(residuals, residualBucket(error), weight);
    addCount(absolute, residualBucket(size), weight);
    aggregate.maximumAbsoluteError = Math.max(aggregate.maximumAbsoluteError, size);
  }
  const signed = sparseFromMap(residuals, 1);
  const unsigned = sparseFromMap(absolute, 1);
  aggregate.residuals = { buckets: signed.keys, counts: signed.columns[0]! };
  aggregate.absoluteResiduals = { buckets: unsigned.keys, counts: unsigned.columns[0]! };
  return aggregate;
}

function addTruth(
  aggregate: RegressionAggregate,
  deviation: number,
  squaredError: number,
  weight: number,
): void {
  const { truth } = aggregate;
  const square = deviation * deviation;
  truth.sum += weight * deviation;
  truth.sumSquares += weight * square;
  truth.sumCubes += weight * square * deviation;
  truth.sumFourths += weight * square * square;
  truth.squaredErrorByTruth += weight * squaredError * deviation;
  truth.squaredErrorByTruthSquare += weight * squaredError * square;
}

function addCount(counts: Map<number, [number]>, bucket: number, weight: number): void {
  const row = counts.get(bucket);
  if (row === undefined) counts.set(bucket, [weight]);
  else row[0] += weight;
}

function finiteMean(values: ArrayLike<number>): number {
  let mean = 0;
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (Math.abs(values[i]!) <= LARGEST_VALUE) mean += (values[i]! - mean) / ++count;
  }
  return mean;
}
