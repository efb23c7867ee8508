import type { EmbeddedRow } from "../../profile/index.ts";
import type { AbsentRows } from "../bars/contrast.ts";
import { EMBEDDING_ROWS } from "./measure-embedding.ts";

/** EmbeddingCounts is what a sample held: an assessment is kept for long, and vectors are large. */
export interface EmbeddingCounts extends Pick<EmbeddingSample, "rows" | "missing" | "misshapen"> {
  vectors: number;
}

/** EmbeddingSample is the vectors of one name in a sample of rows, and what was not one of them. */
export interface EmbeddingSample {
  /** Vectors of the wanted length with finite numbers. */
  vectors: number[][];
  /** All rows that were looked at. */
  rows: number;
  /** Rows without one, and rows whose vector has another length or a number that is not finite. */
  missing: number;
  misshapen: number;
}

// Beyond this a squared distance is no number any more.
const LARGEST = 1e100;

/** countEmbeddings returns a sample without its vectors. O(1). */
export function countEmbeddings({ vectors, ...counts }: EmbeddingSample): EmbeddingCounts {
  return { ...counts, vectors: vectors.length };
}

/** absentEmbeddings returns how many of a sample's rows have no vector of the wanted kind. O(1). */
export function absentEmbeddings({
  rows,
  missing,
  misshapen,
}: Pick<EmbeddingSample, "rows" | "missing" | "misshapen">): AbsentRows {
  return { absent: missing + misshapen, rows };
}

/** sampleEmbeddings returns the first vectors of a name that have the given length, and how many rows have none. O(rows·d). */
export function sampleEmbeddings(
  name: string,
  dimensions: number,
  rows: readonly EmbeddedRow[],
): EmbeddingSample {
  const sample: EmbeddingSample = { vectors: [], rows: rows.length, missing: 0, misshapen: 0 };
  for (const { embeddings } of rows) {
    const vector = embeddings[name];
    if (vector === undefined) sample.missing++;
    else if (vector.length !== dimensions || !vector.every((x) => Math.abs(x) < LARGEST)) sample.misshapen++;
    else if (sample.vectors.length < EMBEDDING_ROWS) sample.vectors.push(vector);
  }
  return sample;
}
