import type { EmbeddedRow } from "../../profile/index.ts";
import { type Dispersion, estimateDispersion } from "../dispersion.ts";
import { type EmbeddingSample, sampleEmbeddings } from "./embedding-sample.ts";
import {
  type EmbeddingMeasurement,
  type EmbeddingScale,
  embeddingScale,
  MINIMUM_EMBEDDINGS,
  measureEmbedding,
} from "./measure-embedding.ts";

/** EmbeddingTest names the two statistics of an embedding. */
export type EmbeddingTest = "centroid" | "mmd";

/** EMBEDDING_TESTS is how many statistics of an embedding a window is held against. */
export const EMBEDDING_TESTS = 2;

/** EmbeddingBaseline is what an embedding's windows are held against: the reference's sample and how its own windows vary. */
export interface EmbeddingBaseline {
  name: string;
  dimensions: number;
  sample: EmbeddingSample;
  scale: EmbeddingScale;
  calibration: Record<EmbeddingTest, Dispersion>;
}

// The documented margins: centroids that wander by 0.03 of the spread, an MMD of 0.017 (what a centroid at that distance has).
const PRIOR_VARIANCE: Record<EmbeddingTest, number> = { centroid: 1e-3, mmd: 3e-4 };

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

/**
 * createEmbeddingBaseline returns what an embedding is held against: each sampled window of the reference is measured against the reference's sample
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
  for (const { start, end, rows: own } of rows.windows) {
    const others = sampleEmbeddings(
      name,
      dimensions,
      rows.sample.filter(({ time }) => time < start || time >= end),
    ).vectors;
    const { vectors } = sampleEmbeddings(name, dimensions, own);
    if (Math.min(others.length, vectors.length) < MINIMUM_EMBEDDINGS) continue;
    measurements.push(measureEmbedding(others, vectors, scale));
    await pause?.();
  }
  const estimate = (test: EmbeddingTest) =>
    estimateDispersion(
      measurements.map(({ [test]: { squared, expected } }) => ({ squared, samplingLevel: expected })),
      { priorVariance: PRIOR_VARIANCE[test], baselineWindows: Math.max(1, measurements.length) },
    );
  return {
    name,
    dimensions,
    sample,
    scale,
    calibration: { centroid: estimate("centroid"), mmd: estimate("mmd") },
  };
}
