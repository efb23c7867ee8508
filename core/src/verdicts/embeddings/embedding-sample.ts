import type { EmbeddedRow } from "../../profile/index.ts";
import { EMBEDDING_ROWS } from "./measure-embedding.ts";

/** EmbeddingSample is the vectors of one name in a sample of rows, and what was not one of them. */
export interface EmbeddingSample {
  /** Vectors of the wanted length with finite numbers. */
  vectors: number[][];
  /** Rows without one, and rows whose vector has another length or a number that is not finite. */
  missing: number;
  misshapen: number;
}

// Beyond this a squared distance is no number any more.
const LARGEST = 1e100;

/** sampleEmbeddings returns the first vectors of a name that have the given length, and how many rows have none. O(rows·d). */
export function sampleEmbeddings(
  name: string,
  dimensions: number,
  rows: readonly EmbeddedRow[],
): EmbeddingSample {
  const sample: EmbeddingSample = { vectors: [], missing: 0, misshapen: 0 };
  for (const { embeddings } of rows) {
    const vector = embeddings[name];
    if (vector === undefined) sample.missing++;
    else if (vector.length !== dimensions || !vector.every((x) => Math.abs(x) < LARGEST)) sample.misshapen++;
    else if (sample.vectors.length < EMBEDDING_ROWS) sample.vectors.push(vector);
  }
  return sample;
}
