import { LeewayError } from "../errors/index.ts";
import { emptyLossSums, type LossSums, mergeLossSums } from "./loss-sums.ts";
import { mergeResidualHistograms, type ResidualHistogram } from "./residual-histogram.ts";
import { mergeSamplingWeights, type SamplingWeight } from "./sampling-weight.ts";
import { mergedSeen, type SeenOutputs } from "./sense/seen-outputs.ts";

/** TruthMoments are power sums of the truth about an anchor, with the cross sums R² and its interval need. */
export interface TruthMoments {
  sum: number;
  sumSquares: number;
  sumCubes: number;
  sumFourths: number;
  /** Σ e²·d and Σ e²·d², e the residual and d = truth − anchor. */
  squaredErrorByTruth: number;
  squaredErrorByTruthSquare: number;
}

/**
 * RegressionAggregate is what a set of labelled rows of a regressor leaves behind: additive, so that hours sum to any window. With
 * `e` = predicted value − true value, `y` = the true value, `d` = y − anchor, `w` = the sampling weight, over rows where both are finite,
 * SQL computes weightSum, weightSquareSum; LossSums of `e` (error), `abs(e)`, `e * e`, and, over y != 0 only, `abs(e / y)`
 * (absolutePercentageError), and over rows where |p| + |y| > 0 or both are 0, `2 * abs(e) / (abs(p) + abs(y))` (0 where both are 0:
 * symmetricPercentageError); truth: `sum(w*d)`, `sum(w*d*d)`, `sum(w*d*d*d)`, `sum(w*d*d*d*d)`, `sum(w*e*e*d)`, `sum(w*e*e*d*d)`;
 * residuals and absoluteResiduals: `sumMap([residualBucket(e)], [w])` and the same of abs(e); maximumAbsoluteError: `max(abs(e))`;
 * invalidRows: `sumIf(w, not finite)`. `anchor` is any constant near the truth's mean (the reference's mean, fixed per model): sums
 * about it stay exact where those about 0 would cancel. Only aggregates with one anchor merge.
 */
export interface RegressionAggregate extends SamplingWeight {
  task: "regression";
  anchor: number;
  error: LossSums;
  absoluteError: LossSums;
  squaredError: LossSums;
  absolutePercentageError: LossSums;
  symmetricPercentageError: LossSums;
  truth: TruthMoments;
  residuals: ResidualHistogram;
  absoluteResiduals: ResidualHistogram;
  maximumAbsoluteError: number;
  invalidRows: number;
  /** What labels and predictions look like before any metric is asked for; absent of rows held in memory. */
  seen?: SeenOutputs;
}

/** emptyRegressionAggregate returns the aggregate of no rows about `anchor`. */
export function emptyRegressionAggregate(anchor: number): RegressionAggregate {
  return {
    task: "regression",
    anchor,
    weightSum: 0,
    weightSquareSum: 0,
    error: emptyLossSums(),
    absoluteError: emptyLossSums(),
    squaredError: emptyLossSums(),
    absolutePercentageError: emptyLossSums(),
    symmetricPercentageError: emptyLossSums(),
    truth: {
      sum: 0,
      sumSquares: 0,
      sumCubes: 0,
      sumFourths: 0,
      squaredErrorByTruth: 0,
      squaredErrorByTruthSquare: 0,
    },
    residuals: { buckets: [], counts: [] },
    absoluteResiduals: { buckets: [], counts: [] },
    maximumAbsoluteError: 0,
    invalidRows: 0,
  };
}

/** mergeRegressionAggregates returns the aggregate of both sets of rows; throws `internal` where both have rows and their anchors differ. O(buckets). */
export function mergeRegressionAggregates(
  a: RegressionAggregate,
  b: RegressionAggregate,
): RegressionAggregate {
  if (a.weightSum === 0) return { ...b, invalidRows: a.invalidRows + b.invalidRows, ...mergedSeen(a, b) };
  if (b.weightSum === 0) return { ...a, invalidRows: a.invalidRows + b.invalidRows, ...mergedSeen(a, b) };
  if (a.anchor !== b.anchor) {
    throw new LeewayError("internal", `aggregates about ${a.anchor} and ${b.anchor} cannot be merged`);
  }
  return {
    task: "regression",
    anchor: a.anchor,
    ...mergeSamplingWeights(a, b),
    error: mergeLossSums(a.error, b.error),
    absoluteError: mergeLossSums(a.absoluteError, b.absoluteError),
    squaredError: mergeLossSums(a.squaredError, b.squaredError),
    absolutePercentageError: mergeLossSums(a.absolutePercentageError, b.absolutePercentageError),
    symmetricPercentageError: mergeLossSums(a.symmetricPercentageError, b.symmetricPercentageError),
    truth: {
      sum: a.truth.sum + b.truth.sum,
      sumSquares: a.truth.sumSquares + b.truth.sumSquares,
      sumCubes: a.truth.sumCubes + b.truth.sumCubes,
      sumFourths: a.truth.sumFourths + b.truth.sumFourths,
      squaredErrorByTruth: a.truth.squaredErrorByTruth + b.truth.squaredErrorByTruth,
      squaredErrorByTruthSquare: a.truth.squaredErrorByTruthSquare + b.truth.squaredErrorByTruthSquare,
    },
    residuals: mergeResidualHistograms(a.residuals, b.residuals),
    absoluteResiduals: mergeResidualHistograms(a.absoluteResiduals, b.absoluteResiduals),
    maximumAbsoluteError: Math.max(a.maximumAbsoluteError, b.maximumAbsoluteError),
    invalidRows: a.invalidRows + b.invalidRows,
    ...mergedSeen(a, b),
  };
}
