/** KernelDiscrepancy is how far two groups of rows lie apart by a kernel, and how far they would by chance. */
export type KernelDiscrepancy = {
  /** Squared distance of the groups' means in the kernel's space; never negative. */
  squared: number;
  /** Its mean over all regroupings of the rows. */
  expected: number;
  /** Degrees of freedom of the scaled χ² that has the mean and the variance of those regroupings. */
  degrees: number;
};

/**
 * kernelDiscrepancy returns the biased squared maximum mean discrepancy of two groups with the moments of its permutation distribution.
 *
 * Range [0, ∞), 0 for equal groups. With −½ times the squared distances as the kernel it is the squared distance of the centroids. Arguments: a
 * symmetric kernel of all rows by row-major order, the first `n` rows being one group; both groups need two rows. The χ² by moments is exact in
 * the limit for one dominating direction and for many alike; groups of about one size. O(rows²). Source: Gretton et al. 2009, "A fast, consistent
 * kernel two-sample test" (moment matching), after Satterthwaite.
 *
 * @example kernelDiscrepancy(Float64Array.of(1, 0, 0, 1), 1).squared; // 2
 */
export function kernelDiscrepancy(kernel: Float64Array, n: number): KernelDiscrepancy {
  const size = Math.round(Math.sqrt(kernel.length));
  const m = size - n;
  const means = rowMeans(kernel, size);
  const mean = means.reduce((sum, value) => sum + value, 0) / size;
  let squared = 0;
  let trace = 0;
  let offDiagonal = 0;
  for (let i = 0; i < size; i++) {
    const weight = i < n ? 1 / n : -1 / m;
    for (let j = 0; j < size; j++) {
      const centered = kernel[i * size + j]! - means[i]! - means[j]! + mean;
      squared += weight * (j < n ? 1 / n : -1 / m) * centered;
      if (i === j) trace += centered;
      else offDiagonal += centered * centered;
    }
  }
  return {
    squared: Math.max(0, squared),
    expected: ((1 / n + 1 / m) * trace) / (size - 1),
    degrees: offDiagonal > 0 ? Math.max(1, (trace * trace) / offDiagonal) : 1,
  };
}

function rowMeans(kernel: Float64Array, size: number): Float64Array {
  const means = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += kernel[i * size + j]!;
    means[i] = sum / size;
  }
  return means;
}
