import { insufficientData, notDefined, type Outcome } from "../outcome.ts";

/** Vectors are embeddings: one array of numbers a row, all of one length. */
export type Vectors = readonly ArrayLike<number>[];

/** CentroidDistance is how far the mean embedding moved. */
export type CentroidDistance = {
  /** Euclidean distance of the two means. */
  distance: number;
  /** distance / root mean squared distance of reference rows from their mean; null where that is 0. */
  normalized: number | null;
  /** 1 − cosine of the angle between the means, in [0, 2]; null where a mean is the origin. */
  cosineDistance: number | null;
};

/**
 * centroidDistance returns how far the mean of a window's embeddings lies from the reference's.
 *
 * Range [0, ∞), 0 for equal means. Arguments: rows of equal length, finite. Smallest sample: one row a side (`insufficient_data`);
 * `not_defined` for rows of unequal length or values that are not finite. O((n + m)·d).
 *
 * @example centroidDistance([[0, 0], [2, 0]], [[1, 1]]); // distance 1
 */
export function centroidDistance(reference: Vectors, window: Vectors): Outcome<CentroidDistance> {
  const problem = vectorsProblem(reference, window);
  if (problem !== null) return problem;
  const before = centroidOf(reference);
  const after = centroidOf(window);
  let spread = 0;
  for (const row of reference) spread += squaredDistance(row, before);
  const deviation = Math.sqrt(spread / reference.length);
  const distance = Math.sqrt(squaredDistance(before, after));
  const lengths = norm(before) * norm(after);
  let dot = 0;
  for (let k = 0; k < before.length; k++) dot += before[k]! * after[k]!;
  return {
    outcome: "ok",
    distance,
    normalized: deviation > 0 ? distance / deviation : null,
    cosineDistance: lengths > 0 ? 1 - Math.max(-1, Math.min(1, dot / lengths)) : null,
  };
}

/**
 * vectorsProblem returns why two sets of embeddings cannot be compared, or null where they can. O((n + m)·d).
 *
 * @example vectorsProblem([[1]], [[1, 2]])?.outcome; // "not_defined"
 */
export function vectorsProblem(
  reference: Vectors,
  window: Vectors,
): { outcome: "insufficient_data" | "not_defined"; reason: string } | null {
  if (reference.length === 0) return insufficientData("the reference has no embeddings");
  if (window.length === 0) return insufficientData("the window has no embeddings");
  const dimensions = reference[0]!.length;
  for (const row of [...reference, ...window]) {
    if (row.length !== dimensions)
      return notDefined(`an embedding of ${row.length} numbers among those of ${dimensions}`);
    for (let k = 0; k < row.length; k++) {
      if (!(Math.abs(row[k]!) < 1e150))
        return notDefined("an embedding holds a number that is not finite or too large");
    }
  }
  return dimensions === 0 ? notDefined("embeddings without numbers") : null;
}

/**
 * squaredDistance returns the squared Euclidean distance of two vectors of one length. O(d).
 *
 * @example squaredDistance([0, 0], [3, 4]); // 25
 */
export function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) {
    const difference = a[k]! - b[k]!;
    sum += difference * difference;
  }
  return sum;
}

function centroidOf(rows: Vectors): Float64Array {
  const centroid = new Float64Array(rows[0]!.length);
  for (const row of rows) for (let k = 0; k < centroid.length; k++) centroid[k]! += row[k]! / rows.length;
  return centroid;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
