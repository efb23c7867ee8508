import type { EmbeddingDrift, FeatureDrift } from "../../evaluation/index.ts";
import { formatNumber, formatPValue } from "../../messages/index.ts";
import { FALSE_DISCOVERY_RATE, type FeatureDecision } from "../feature-decision.ts";
import { leadingTest, type SampledTest } from "../sampled/sampled-test.ts";
import { EMBEDDING_FLOORS, type EmbeddingAssessment } from "./assess-embedding.ts";
import type { EmbeddingTest } from "./embedding-baseline.ts";

/** decideEmbedding decides whether an embedding has drifted: as for a feature, all of size, adjusted p and bar. It is published under `name`. O(tests). */
export function decideEmbedding(
  name: string,
  assessment: EmbeddingAssessment,
  pAdjusted: number | null,
): FeatureDecision {
  if (assessment.outcome !== "judged") {
    const { outcome, reason } = assessment;
    return {
      name,
      drift: {
        ...blank(assessment),
        outcome,
        drifted: false,
        p_adjusted: null,
        reason: `${name}: ${reason}`,
      },
      standing: { isDrifted: false, isGross: false, isHeld: false },
      closeness: 0,
    };
  }
  const { tests } = assessment;
  const survives = pAdjusted !== null && pAdjusted <= FALSE_DISCOVERY_RATE;
  const drifting = tests.filter((test) => survives && test.isLargeEnough && test.exceedsLowerBar);
  const isDrifted = drifting.length > 0;
  const lead = leadingTest(tests);
  return {
    name,
    drift: {
      ...blank(assessment),
      outcome: isDrifted ? "drifted" : "ok",
      drifted: isDrifted,
      p_adjusted: pAdjusted,
      embedding: published(assessment, tests),
      reason: `${name}: ${sizeWords(tests)}, ${formatPValue(lead.pCalibrated)} under the reference's own variation`,
    },
    standing: {
      isDrifted,
      isGross: drifting.some((test) => test.exceedsImmediateBar),
      isHeld: tests.some((test) => test.isHeld),
    },
    closeness: Math.max(...tests.map(({ test, size }) => (0.5 * size) / EMBEDDING_FLOORS[test])),
  };
}

function sizeWords(tests: readonly SampledTest<EmbeddingTest>[]): string {
  const size = (wanted: EmbeddingTest) => formatNumber(tests.find(({ test }) => test === wanted)?.size ?? 0);
  return `the mean embedding lies ${size("centroid")} of the reference's spread away, MMD ${size("mmd")}`;
}

function blank({
  baseline,
  sample,
}: EmbeddingAssessment): Omit<FeatureDrift, "outcome" | "drifted" | "p_adjusted" | "reason"> {
  const rate = (part: number, { vectors, missing, misshapen }: EmbeddingAssessment["sample"]) =>
    part / Math.max(1, vectors.length + missing + misshapen);
  return {
    type: "embedding",
    count: sample.vectors.length,
    psi: null,
    psi_p_value: null,
    js_distance: null,
    null_rate: rate(sample.missing, sample),
    reference_null_rate: rate(baseline.sample.missing, baseline.sample),
    wrong_type_rate: rate(sample.misshapen, sample),
    threshold: EMBEDDING_FLOORS.centroid,
    distribution: { labels: [], reference: [], window: [] },
  };
}

function published(
  { baseline, sample }: EmbeddingAssessment,
  tests: readonly SampledTest<EmbeddingTest>[],
): EmbeddingDrift {
  return {
    dimensions: baseline.dimensions,
    rows: sample.vectors.length,
    reference_rows: baseline.sample.vectors.length,
    tests: tests.map(({ test, size, pSampling, pCalibrated }) => ({
      test,
      size,
      p_value: pSampling,
      p_calibrated: pCalibrated,
      reference_variation: baseline.calibration[test],
    })),
  };
}
