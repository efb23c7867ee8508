import type { SampledRow } from "../../profile/index.ts";
import { createRandom } from "../../random/index.ts";
import {
  classifyDomain,
  type DomainClassification,
  fisherZ,
  normalScores,
  type PcaScore,
  pairCorrelations,
  scorePca,
} from "../../statistics/index.ts";
import { encodeColumns } from "./encode-columns.ts";
import { type JointReference, MINIMUM_JOINT_ROWS } from "./joint-reference.ts";

/** JointMeasurement is how differently the features of a window's sample are correlated, before any bar. */
export interface JointMeasurement {
  classification: DomainClassification;
  /** Sampling variance of the area without drift. */
  areaVariance: number;
  structure: PcaScore | undefined;
  /** Difference of the mean reconstruction error, in the reference's standard deviations, and its sampling variance. */
  structureDifference: number;
  structureVariance: number;
  /** Per pair of features: correlation of normal scores, difference of Fisher's z from the reference's and its sampling variance. */
  correlations: Float64Array;
  differences: Float64Array;
  variances: Float64Array;
  rows: number;
  seed: number;
}

/** Products of the pairs that changed most are shown to the classifier, which sees one column at a time. */
const PRODUCTS = 8;
const FOLDS = 5;

/**
 * measureJoint returns how a window's sample differs from the reference in how its features are correlated, by a domain classifier, principal
 * components and the correlation of every pair; all on normal scores of each side's own ranks, so that what a single feature does plays no part.
 * Undefined for fewer than 200 rows. Deterministic by `seed`. O(n·d·(folds · rounds) + n·d²), 0.12 s for 2,000 rows a side and 25 features.
 */
export function measureJoint(
  reference: JointReference,
  rows: readonly SampledRow[],
  seed: number,
): JointMeasurement | undefined {
  if (rows.length < MINIMUM_JOINT_ROWS) return undefined;
  const random = createRandom(seed);
  const scores = normalScores(encodeColumns(reference.features, rows), random);
  const classification = classifyDomain(reference.scores, scores, {
    random,
    folds: FOLDS,
    products: PRODUCTS,
  });
  if (classification.outcome !== "ok") return undefined;
  const side = classification.rows / 2;
  const scored = reference.structure === undefined ? undefined : scorePca(reference.structure, scores);
  const structure = scored?.outcome === "ok" ? scored : undefined;
  const spread = reference.structure?.referenceError.deviation ?? 0;
  const perRow = 1 / rows.length + 1 / reference.rows;
  const after = pairCorrelations(scores);
  const before = reference.pairs;
  return {
    classification,
    // The rank-sum statistic's variance, with Nadeau and Bengio's correction for folds that share training rows.
    areaVariance: ((1 + FOLDS / (FOLDS - 1)) * (2 * side + 1)) / (12 * side * side),
    structure,
    structureDifference:
      structure === undefined || !(spread > 0) ? 0 : (structure.error - structure.referenceError) / spread,
    structureVariance: 1 / rows.length + 1 / (reference.structure?.referenceError.rows ?? reference.rows),
    correlations: after.correlations,
    differences: after.correlations.map((r, i) => fisherZ(r) - fisherZ(before.correlations[i]!)),
    variances: before.variances.map((variance) => Math.max(1, variance) * perRow),
    rows: rows.length,
    seed,
  };
}
