import type { OperatingPoint } from "../../evaluation/index.ts";
import type { EmbeddedRow } from "../../profile/index.ts";
import type { KernelDiscrepancy } from "../../statistics/index.ts";
import { absentContrast, rareRateTail } from "../bars/contrast.ts";
import { EFFECT_FLOORS, MINIMUM_ABSENT_ROWS } from "../feature/effect-floors.ts";
import { judgeSampled, type SampledTest } from "../sampled/sampled-test.ts";
import type { EmbeddingBaseline, EmbeddingTest } from "./embedding-baseline.ts";
import {
  absentEmbeddings,
  countEmbeddings,
  type EmbeddingCounts,
  type EmbeddingSample,
  sampleEmbeddings,
} from "./embedding-sample.ts";
import { MINIMUM_EMBEDDINGS, measureEmbedding } from "./measure-embedding.ts";

/** EmbeddingAssessment is one embedding of a window before it is seen together with the features: without vectors of either side, because many are kept. */
export type EmbeddingAssessment = {
  baseline: Pick<EmbeddingBaseline, "name" | "dimensions" | "calibration"> & { sample: EmbeddingCounts };
  sample: EmbeddingCounts;
} & (
  | {
      outcome: "judged";
      tests: SampledTest<EmbeddingTest>[];
      /** Smallest sampling p-value, times the number of tests. */
      p: number;
    }
  | { outcome: "insufficient_data"; reason: string }
);

/** EMBEDDING_FLOORS are the smallest changes that matter: a tenth of the reference's spread, an MMD of 0.08 (a spread larger by a quarter), two points of missing ones. */
export const EMBEDDING_FLOORS: Record<EmbeddingTest, number> = {
  centroid: 0.1,
  mmd: 0.08,
  missing: EFFECT_FLOORS.missing,
};

/**
 * assessEmbedding returns which bars an embedding of a window's sample passes: the distance of its centroid and its maximum mean discrepancy, less
 * what chance alone would give, and the share of rows whose vector is missing or has another shape. O(rows²·d).
 */
export function assessEmbedding(
  baseline: EmbeddingBaseline,
  rows: readonly EmbeddedRow[],
  operatingPoint: OperatingPoint,
): EmbeddingAssessment {
  const sample = sampleEmbeddings(baseline.name, baseline.dimensions, rows);
  const { vectors, rows: looked } = sample;
  const { name, dimensions, calibration } = baseline;
  const told = {
    baseline: { name, dimensions, calibration, sample: countEmbeddings(baseline.sample) },
    sample: countEmbeddings(sample),
  };
  if (looked < MINIMUM_EMBEDDINGS) {
    const reason = `${looked} rows in the window's sample, ${MINIMUM_EMBEDDINGS} are needed`;
    return { outcome: "insufficient_data", ...told, reason };
  }
  const measured =
    vectors.length < MINIMUM_EMBEDDINGS
      ? undefined
      : measureEmbedding(baseline.sample.vectors, vectors, baseline.scale);
  const kernel = (test: "centroid" | "mmd", { squared, expected, degrees }: KernelDiscrepancy) =>
    judgeSampled<EmbeddingTest>({
      test,
      size: Math.sqrt(Math.max(0, squared - expected)),
      floor: EMBEDDING_FLOORS[test],
      squared,
      samplingLevel: Math.max(expected, Number.MIN_VALUE),
      degrees,
      dispersion: baseline.calibration[test],
      operatingPoint,
    });
  const tests = [
    ...(measured === undefined ? [] : [kernel("centroid", measured.centroid), kernel("mmd", measured.mmd)]),
    missingTest(baseline, sample, operatingPoint),
  ];
  const p = Math.min(1, Math.min(...tests.map(({ pSampling }) => pSampling)) * tests.length);
  return { outcome: "judged", ...told, tests, p };
}

function missingTest(
  baseline: EmbeddingBaseline,
  sample: EmbeddingSample,
  operatingPoint: OperatingPoint,
): SampledTest<EmbeddingTest> {
  const [before, now] = [absentEmbeddings(baseline.sample), absentEmbeddings(sample)];
  const { difference, samplingVariance } = absentContrast(before, now);
  const size = Math.abs(difference);
  const isAnecdote = difference > 0 && now.absent < MINIMUM_ABSENT_ROWS;
  return judgeSampled<EmbeddingTest>({
    test: "missing",
    size,
    floor: isAnecdote ? Number.POSITIVE_INFINITY : EMBEDDING_FLOORS.missing,
    squared: difference ** 2,
    samplingLevel: samplingVariance,
    degrees: 1,
    dispersion: baseline.calibration.missing,
    operatingPoint,
    smallestTail: rareRateTail(before, now),
  });
}
