import { type RandomSource, sampleIndices, shuffleInPlace } from "../../random/index.ts";
import { insufficientData, notDefined, type Outcome } from "../outcome.ts";
import { squaredDistance, type Vectors, vectorsProblem } from "./centroid-distance.ts";

/** MmdValue is a kernel two-sample test of embeddings. */
export type MmdValue = {
  /** Unbiased squared maximum mean discrepancy; about 0 without drift, may be slightly negative. */
  squared: number;
  /** Share of random regroupings at least this far apart, the observed one included; never 0. */
  pValue: number;
  permutations: number;
  /** Median squared distance of the pooled rows, the kernel's width. */
  bandwidth: number;
  rows: number;
};

/** MmdOptions bound the work; `random` picks rows and permutations. */
export type MmdOptions = {
  readonly random: RandomSource;
  readonly permutations?: number;
  readonly maxRowsPerSide?: number;
};

/**
 * maximumMeanDiscrepancy returns the kernel two-sample test between reference and window embeddings with a permutation p-value.
 *
 * For: any change of the distribution of embeddings, also where their mean stays. Gaussian kernel exp(−‖x−y‖²/(2·bandwidth)) with the
 * median heuristic. Arguments: rows of equal length; sampled down to 400 a side. Smallest sample: 5 rows a side
 * (`insufficient_data`); `not_defined` for unequal lengths, values that are not finite, or all rows equal. Seeded by `random`.
 * O(rows²·(d + permutations)), about 0.2 s. Source: Gretton et al. 2012, equation 3.
 *
 * @example maximumMeanDiscrepancy(reference, window, { random: createRandom(1) });
 */
export function maximumMeanDiscrepancy(
  reference: Vectors,
  window: Vectors,
  { random, permutations = 200, maxRowsPerSide = 400 }: MmdOptions,
): Outcome<MmdValue> {
  const problem = vectorsProblem(reference, window);
  if (problem !== null) return problem;
  if (Math.min(reference.length, window.length) < 5)
    return insufficientData("fewer than five embeddings a side");
  const pick = (rows: Vectors) =>
    Array.from(sampleIndices(rows.length, maxRowsPerSide, random), (i) => rows[i]!);
  const left = pick(reference);
  const right = pick(window);
  const pooled = [...left, ...right];
  const distances = pairwise(pooled);
  const bandwidth = medianOfPairs(distances, pooled.length);
  if (bandwidth === 0) return notDefined("more than half of all pairs of embeddings are equal");
  const kernel = distances.map((distance) => Math.exp(-distance / (2 * bandwidth)));
  const inReference = Uint8Array.from(pooled, (_, i) => (i < left.length ? 1 : 0));
  const squared = discrepancy(kernel, inReference, left.length);
  let asFar = 1;
  for (let round = 0; round < permutations; round++) {
    shuffleInPlace(inReference, random);
    if (discrepancy(kernel, inReference, left.length) >= squared) asFar++;
  }
  return {
    outcome: "ok",
    squared,
    pValue: asFar / (permutations + 1),
    permutations,
    bandwidth,
    rows: pooled.length,
  };
}

function pairwise(rows: Vectors): Float64Array {
  const size = rows.length;
  const distances = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) {
      const distance = squaredDistance(rows[i]!, rows[j]!);
      distances[i * size + j] = distance;
      distances[j * size + i] = distance;
    }
  }
  return distances;
}

function medianOfPairs(distances: Float64Array, size: number): number {
  const upper = new Float64Array((size * (size - 1)) / 2);
  let next = 0;
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) upper[next++] = distances[i * size + j]!;
  }
  return upper.sort()[upper.length >>> 1]!;
}

// Σ over pairs inside each group and between them, in one walk over the upper triangle.
function discrepancy(kernel: Float64Array, inReference: Uint8Array, n: number): number {
  const size = inReference.length;
  const m = size - n;
  let all = 0;
  let withinReference = 0;
  let fromReference = 0;
  for (let i = 0; i < size; i++) {
    let row = 0;
    let rowReference = 0;
    for (let j = i + 1; j < size; j++) {
      const k = kernel[i * size + j]!;
      row += k;
      rowReference += k * inReference[j]!;
    }
    all += row;
    if (inReference[i] === 1) {
      withinReference += rowReference;
      fromReference += row;
    } else fromReference += rowReference;
  }
  const between = fromReference - withinReference;
  const withinWindow = all - fromReference;
  return (2 * withinReference) / (n * (n - 1)) + (2 * withinWindow) / (m * (m - 1)) - (2 * between) / (n * m);
}
