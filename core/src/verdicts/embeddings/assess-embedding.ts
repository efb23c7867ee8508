import type { EmbeddedRow } from "../../profile/index.ts";
import type { OperatingPoint } from "../operating-point.ts";
import { judgeSampled, type SampledTest } from "../sampled/sampled-test.ts";
import type { EmbeddingBaseline, EmbeddingTest } from "./embedding-baseline.ts";
import { type EmbeddingSample, sampleEmbeddings } from "./embedding-sample.ts";
import { MINIMUM_EMBEDDINGS, measureEmbedding } from "./measure-embedding.ts";

/** EmbeddingAssessment is one embedding of a window before it is seen together with the features. */
export type EmbeddingAssessment = { baseline: EmbeddingBaseline; sample: EmbeddingSample } & (
  | {
      outcome: "judged";
      tests: SampledTest<EmbeddingTest>[];
      /** Smallest sampling p-value, times the number of tests. */
      p: number;
    }
  | { outcome: "insufficient_data" | "not_defined"; reason: string }
);

/** EMBEDDING_FLOORS are the smallest changes that matter: a tenth of the reference's spread, an MMD of 0.08 (a spread larger by a quarter). */
export const EMBEDDING_FLOORS: Record<EmbeddingTest, number> = { centroid: 0.1, mmd: 0.08 };

/**
 * assessEmbedding returns which bars an embedding of a window's sample passes: the distance of its centroid and its maximum mean discrepancy, less
 * what chance alone would give. O(rows²·d).
 */
export function assessEmbedding(
  baseline: EmbeddingBaseline,
  rows: readonly EmbeddedRow[],
  operatingPoint: OperatingPoint,
): EmbeddingAssessment {
  const sample = sampleEmbeddings(baseline.name, baseline.dimensions, rows);
  const { vectors, misshapen } = sample;
  if (misshapen > vectors.length) {
    const reason = `${misshapen} of ${vectors.length + misshapen} embeddings are not ${baseline.dimensions} finite numbers, as the reference's are`;
    return { outcome: "not_defined", baseline, sample, reason };
  }
  if (vectors.length < MINIMUM_EMBEDDINGS) {
    const reason = `${vectors.length} embeddings in the window's sample, ${MINIMUM_EMBEDDINGS} are needed`;
    return { outcome: "insufficient_data", baseline, sample, reason };
  }
  const measured = measureEmbedding(baseline.sample.vectors, vectors, baseline.scale);
  const tests = (["centroid", "mmd"] as const).map((test) => {
    const { squared, expected, degrees } = measured[test];
    return judgeSampled({
      test,
      size: Math.sqrt(Math.max(0, squared - expected)),
      floor: EMBEDDING_FLOORS[test],
      squared,
      samplingLevel: Math.max(expected, Number.MIN_VALUE),
      degrees,
      dispersion: baseline.calibration[test],
      operatingPoint,
    });
  });
  const p = Math.min(1, Math.min(...tests.map(({ pSampling }) => pSampling)) * tests.length);
  return { outcome: "judged", baseline, sample, tests, p };
}
