/**
 * GradientSteps holds every row's gradient and curvature as one whole number, so that a histogram of both costs one addition a cell. Sums of
 * them are exact in any order, and the sum of a part taken from that of the whole leaves the rest.
 */
export type GradientSteps = {
  readonly packed: Float64Array;
  /** What 1 is stored as. */
  readonly resolution: number;
};

// A double holds whole numbers of 53 bits: curvatures have the lower 26, gradients what is above.
const SHIFT = 2 ** 26;

/**
 * createGradientSteps returns steps of 0 for so many rows (at most 2²⁴), stored as finely as the sum of all of them allows. O(rows).
 *
 * @example createGradientSteps(1000).resolution; // 32768
 */
export function createGradientSteps(rows: number): GradientSteps {
  const resolution = 2 ** (25 - Math.ceil(Math.log2(Math.max(2, rows))));
  return { packed: new Float64Array(rows), resolution };
}

/** setStep stores a row's gradient, in [−1, 1], and curvature, in [0, 1]. O(1). */
export function setStep(steps: GradientSteps, row: number, gradient: number, curvature: number): void {
  const { packed, resolution } = steps;
  packed[row] = Math.round(gradient * resolution) * SHIFT + Math.round(curvature * resolution);
}

/** gradientOf returns the gradient in a sum of packed steps, in units of 1/resolution. O(1). */
export function gradientOf(sum: number): number {
  return Math.floor(sum * (1 / SHIFT));
}

/** curvatureOf returns the curvature in a sum of packed steps, whose gradient is known, in units of 1/resolution. O(1). */
export function curvatureOf(sum: number, gradient: number): number {
  return sum - gradient * SHIFT;
}
