import type { Dispersion } from "../../evaluation/index.ts";
import type { EmbeddedRow } from "../../profile/index.ts";
import { absentContrast } from "../bars/contrast.ts";
import { estimateDispersion, type ReferenceDeviation } from "../bars/estimate-dispersion.ts";
import { PRIOR_VARIANCE as FEATURE_PRIOR_VARIANCE } from "../bars/measure-feature-variation.ts";
import { absentEmbeddings, type EmbeddingSample, sampleEmbeddings } from "./embedding-sample.ts";
import {
  type EmbeddingMeasurement,
  type EmbeddingScale,
  embeddingScale,
  MINIMUM_EMBEDDINGS,
  measureEmbedding,
} from "./measure-embedding.ts";

/** EmbeddingTest names the statistics of an embedding: two of its vectors, and the share of rows without one. */
export type EmbeddingTest = "centroid" | "mmd" | "missing";

/** EMBEDDING_TESTS is how many statistics of an embedding a window is compared with. */
export const EMBEDDING_TESTS = 3;

/** EmbeddingBaseline is what an embedding's windows are compared with: the reference's sample and how its own windows vary. */
export interface EmbeddingBaseline {
  name: string;
  dimensions: number;
  sample: EmbeddingSample;
  scale: EmbeddingScale;
  calibration: Record<EmbeddingTest, Dispersion>;
}

// The documented margins: centroids that wander by 0.03 of the spread, an MMD of 0.017 (what a centroid at that distance has).
const PRIOR_VARIANCE: Record<EmbeddingTest, number> = {
  centroid: 1e-3,
  mmd: 3e-4,
  missing: FEATURE_PRIOR_VARIANCE.missing,
};

/** embeddingNames returns the names of the embeddings in a sample, each with its most frequent length. O(rows). */
export function embeddingNames(rows: readonly EmbeddedRow[]): { name: string; dimensions: number }[] {
  const lengths = new Map<string, Map<number, number>>();
  for (const { embeddings } of rows) {
    for (const [name, { length }] of Object.entries(embeddings)) {
      const counts = lengths.get(name) ?? new Map<number, number>();
      lengths.set(name, counts.set(length, (counts.get(length) ?? 0) + 1));
    }
  }
  return [...lengths]
    .map(([name, counts]) => ({ name, dimensions: [...counts].sort((a, b) => b[1] - a[1])[0]![0] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** embeddingShortage returns why a sample of a reference says nothing of an embedding, or undefined where it does. O(rows²·d). */
export function embeddingShortage(
  { name, dimensions }: { name: string; dimensions: number },
  rows: readonly EmbeddedRow[],
): string | undefined {
  const { vectors } = sampleEmbeddings(name, dimensions, rows);
  if (vectors.length < MINIMUM_EMBEDDINGS) {
    return `${vectors.length} vectors in the reference's sample, ${MINIMUM_EMBEDDINGS} are needed`;
  }
  return embeddingScale(vectors) === undefined
    ? "most of the reference's vectors are the same: there is no distance to measure by"
    : undefined;
}

/**
 * createEmbeddingBaseline returns what an embedding is compared with: each sampled window of the reference is measured against the reference's sample
 * without the rows of its time. `pause` is awaited between windows, because each costs as much as a verdict. Undefined where the sample has fewer
 * than 50 vectors or most of them are the same. O(windows · rows²·d).
 */
export async function createEmbeddingBaseline(
  { name, dimensions }: { name: string; dimensions: number },
  rows: {
    sample: readonly EmbeddedRow[];
    windows: readonly { start: number; end: number; rows: readonly EmbeddedRow[] }[];
  },
  pause?: () => Promise<void>,
): Promise<EmbeddingBaseline | undefined> {
  const sample = sampleEmbeddings(name, dimensions, rows.sample);
  const scale = sample.vectors.length < MINIMUM_EMBEDDINGS ? undefined : embeddingScale(sample.vectors);
  if (scale === undefined) return undefined;
  const measurements: EmbeddingMeasurement[] = [];
  const rates: ReferenceDeviation[] = [];
  for (const { start, end, rows: own } of rows.windows) {
    const others = sampleEmbeddings(
      name,
      dimensions,
      rows.sample.filter(({ time }) => time < start || time >= end),
    );
    const window = sampleEmbeddings(name, dimensions, own);
    if (Math.min(others.rows, window.rows) < MINIMUM_EMBEDDINGS) continue;
    const rate = absentContrast(absentEmbeddings(others), absentEmbeddings(window));
    rates.push({ squared: rate.difference ** 2, samplingLevel: rate.samplingVariance });
    if (Math.min(others.vectors.length, window.vectors.length) < MINIMUM_EMBEDDINGS) continue;
    measurements.push(measureEmbedding(others.vectors, window.vectors, scale));
    await pause?.();
  }
  const estimate = (test: EmbeddingTest, deviations: readonly ReferenceDeviation[]) =>
    estimateDispersion(deviations, {
      priorVariance: PRIOR_VARIANCE[test],
      baselineWindows: Math.max(1, deviations.length),
    });
  const kernel = (test: "centroid" | "mmd") =>
    measurements.map(({ [test]: { squared, expected } }) => ({ squared, samplingLevel: expected }));
  return {
    name,
    dimensions,
    sample,
    scale,
    calibration: {
      centroid: estimate("centroid", kernel("centroid")),
      mmd: estimate("mmd", kernel("mmd")),
      missing: estimate("missing", rates),
    },
  };
}
