import type { EmbeddingDrift, FeatureDrift } from "../../evaluation/index.ts";
import type { DriftThresholds } from "../../records/index.ts";
import { formatNumber, formatPValue, formatShare } from "../../words/index.ts";
import type { AbsentRows } from "../bars/contrast.ts";
import { FALSE_DISCOVERY_RATE, type FeatureDecision } from "../feature/feature-decision.ts";
import { publishedTest } from "../feature/published-test.ts";
import { leadingTest, type SampledTest } from "../sampled/sampled-test.ts";
import { EMBEDDING_FLOORS, type EmbeddingAssessment } from "./assess-embedding.ts";
import type { EmbeddingTest } from "./embedding-baseline.ts";
import { absentEmbeddings } from "./embedding-sample.ts";
import { MINIMUM_EMBEDDINGS } from "./measure-embedding.ts";

/** EmbeddingDecision is an embedding's published verdict and standing, and whether it is missing more (or less) often than it was. */
export interface EmbeddingDecision extends FeatureDecision {
  isMissing: boolean;
}

type Judged = Extract<EmbeddingAssessment, { outcome: "judged" }>;

/**
 * decideEmbedding decides whether an embedding has drifted: as for a feature, all of size, adjusted p and bar; with fixed thresholds its maximum mean
 * discrepancy alone. It is published under `name`. O(tests).
 */
export function decideEmbedding(
  name: string,
  assessment: EmbeddingAssessment,
  pAdjusted: number | null,
  fixed: DriftThresholds | undefined,
): EmbeddingDecision {
  if (assessment.outcome !== "judged") return undecided(name, assessment, assessment);
  if (fixed !== undefined) return decideFixed(name, assessment, pAdjusted, fixed);
  const { tests } = assessment;
  const survives = pAdjusted !== null && pAdjusted <= FALSE_DISCOVERY_RATE;
  const drifting = tests.filter((test) => survives && test.isLargeEnough && test.exceedsLowerBar);
  const isDrifted = drifting.length > 0;
  const lead = leadingTest(tests);
  return {
    name,
    breaks: [],
    drift: {
      ...blank(assessment),
      outcome: isDrifted ? "drifted" : "ok",
      drifted: isDrifted,
      p_adjusted: pAdjusted,
      embedding: published(assessment, tests),
      reason: `${name}: ${drifting.some(({ test }) => test === "missing") ? missingWords(assessment) : sizeWords(tests)}, ${formatPValue(lead.pCalibrated)} under the reference's own variation`,
    },
    standing: {
      isDrifted,
      isGross: drifting.some((test) => test.exceedsImmediateBar),
      isHeld: tests.some((test) => test.isHeld),
    },
    isMissing: drifting.some(({ test }) => test === "missing"),
    closeness: Math.max(...tests.map(({ test, size }) => (0.5 * size) / EMBEDDING_FLOORS[test])),
  };
}

function decideFixed(
  name: string,
  assessment: Judged,
  pAdjusted: number | null,
  { embedding_mmd: threshold }: DriftThresholds,
): EmbeddingDecision {
  const size = assessment.tests.find(({ test }) => test === "mmd")?.size;
  if (threshold === undefined) {
    return undecided(name, assessment, {
      outcome: "not_defined",
      reason: "none of the fixed thresholds is for it",
    });
  }
  if (size === undefined) {
    const reason = `${missingWords(assessment)}; ${assessment.sample.vectors} embeddings in the window's sample, ${MINIMUM_EMBEDDINGS} are needed`;
    return undecided(name, assessment, { outcome: "insufficient_data", reason });
  }
  const isDrifted = size > threshold;
  return {
    name,
    breaks: [],
    drift: {
      ...blank(assessment),
      threshold,
      outcome: isDrifted ? "drifted" : "ok",
      drifted: isDrifted,
      p_adjusted: pAdjusted,
      embedding: published(assessment, assessment.tests),
      reason: `${name}: ${sizeWords(assessment.tests)}, which is ${isDrifted ? "above" : "not above"} the fixed threshold ${formatNumber(threshold)}`,
    },
    standing: { isDrifted, isGross: isDrifted, isHeld: isDrifted },
    isMissing: false,
    closeness: size / threshold,
  };
}

function undecided(
  name: string,
  assessment: EmbeddingAssessment,
  { outcome, reason }: { outcome: "insufficient_data" | "not_defined"; reason: string },
): EmbeddingDecision {
  return {
    name,
    breaks: [],
    drift: { ...blank(assessment), outcome, drifted: false, p_adjusted: null, reason: `${name}: ${reason}` },
    standing: { isDrifted: false, isGross: false, isHeld: false },
    isMissing: false,
    closeness: 0,
  };
}

function missingWords({ baseline, sample }: EmbeddingAssessment): string {
  const share = ({ absent, rows }: AbsentRows) => formatShare(absent / Math.max(1, rows));
  return `${share(absentEmbeddings(sample))} missing or mistyped against ${share(absentEmbeddings(baseline.sample))}`;
}

function sizeWords(tests: readonly SampledTest<EmbeddingTest>[]): string {
  if (tests.every(({ test }) => test === "missing"))
    return "too few embeddings to be compared with the reference's";
  const size = (wanted: EmbeddingTest) => formatNumber(tests.find(({ test }) => test === wanted)?.size ?? 0);
  return `the mean embedding lies ${size("centroid")} of the reference's spread away, MMD ${size("mmd")}`;
}

function blank({
  baseline,
  sample,
}: EmbeddingAssessment): Omit<FeatureDrift, "outcome" | "drifted" | "p_adjusted" | "reason"> {
  const rate = (part: number, { rows }: { rows: number }) => part / Math.max(1, rows);
  return {
    type: "embedding",
    count: sample.vectors,
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
    rows: sample.vectors,
    reference_rows: baseline.sample.vectors,
    tests: tests.map((test) => ({
      ...publishedTest(test),
      reference_variation: baseline.calibration[test.test],
    })),
  };
}
