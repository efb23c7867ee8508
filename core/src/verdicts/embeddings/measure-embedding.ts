import {
  type KernelDiscrepancy,
  kernelDiscrepancy,
  squaredDistance,
  type Vectors,
} from "../../statistics/index.ts";

/** EMBEDDING_ROWS is how many rows a side are looked at: a quarter of a second of work for a window of 1,536 dimensions. */
export const EMBEDDING_ROWS = 200;

/** MINIMUM_EMBEDDINGS is the fewest of either side that are judged. */
export const MINIMUM_EMBEDDINGS = 50;

/** EmbeddingMeasurement is how far a window's embeddings lie from the reference's, in its own units, before any bar. */
export interface EmbeddingMeasurement {
  /** Of the centroids, in units of the reference's spread (root mean squared distance from its centroid). */
  centroid: KernelDiscrepancy;
  /** With a Gaussian kernel as wide as the reference's median distance. */
  mmd: KernelDiscrepancy;
}

/** EmbeddingScale is the units that embeddings are measured in: both squared, from the reference alone. */
export interface EmbeddingScale {
  spread: number;
  bandwidth: number;
}

/** embeddingScale returns the spread and the median distance of a reference's embeddings, or undefined where most of them are the same. O(rows²·d). */
export function embeddingScale(reference: Vectors): EmbeddingScale | undefined {
  const distances = new Float64Array((reference.length * (reference.length - 1)) / 2);
  let next = 0;
  for (let i = 0; i < reference.length; i++) {
    for (let j = 0; j < i; j++) distances[next++] = squaredDistance(reference[i]!, reference[j]!);
  }
  distances.sort();
  const bandwidth = distances[distances.length >>> 1] ?? 0;
  // Half the mean squared distance of two rows is their variance.
  const spread = distances.reduce((sum, value) => sum + value, 0) / (2 * distances.length);
  return bandwidth > 0 && Number.isFinite(spread) ? { spread, bandwidth } : undefined;
}

/** measureEmbedding returns how far two sets of embeddings of one length lie apart: by their centroids and by a kernel. O(rows²·d). */
export function measureEmbedding(
  reference: Vectors,
  window: Vectors,
  { spread, bandwidth }: EmbeddingScale,
): EmbeddingMeasurement {
  const rows = [...reference, ...window];
  const size = rows.length;
  const linear = new Float64Array(size * size);
  const gaussian = new Float64Array(size * size).fill(1);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const distance = squaredDistance(rows[i]!, rows[j]!);
      linear[i * size + j] = linear[j * size + i] = -distance / (2 * spread);
      gaussian[i * size + j] = gaussian[j * size + i] = Math.exp(-distance / (2 * bandwidth));
    }
  }
  return {
    centroid: kernelDiscrepancy(linear, reference.length),
    mmd: kernelDiscrepancy(gaussian, reference.length),
  };
}
