/**
 * SamplingWeight sums the sampling weights of rows (a row kept at rate r weighs 1 / r): SQL computes `sum(weight)` and
 * `sum(weight * weight)`; both are the row count where nothing is sampled.
 */
export interface SamplingWeight {
  weightSum: number;
  weightSquareSum: number;
}

/** mergeSamplingWeights returns the weights of both sets of rows. */
export function mergeSamplingWeights(a: SamplingWeight, b: SamplingWeight): SamplingWeight {
  return { weightSum: a.weightSum + b.weightSum, weightSquareSum: a.weightSquareSum + b.weightSquareSum };
}

/**
 * effectiveScale returns the factor Σw / Σw² that turns weighted counts into effective rows (Kish 1965): sums scaled by it keep every
 * ratio, and their intervals become as wide as the sample really warrants. 1 without sampling or rows. O(1).
 */
export function effectiveScale({ weightSum, weightSquareSum }: SamplingWeight): number {
  return weightSquareSum > 0 && weightSum > 0 ? weightSum / weightSquareSum : 1;
}
