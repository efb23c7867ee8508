export { causeOf, type FailingEvaluation, NOT_SETTLED, SETTLED } from "./cause-of.ts";
export { classifyDrift, type DriftClass } from "./classify-drift.ts";
export type { OutputChange } from "./effect-words.ts";
export {
  type EvidenceKind,
  type FeatureChange,
  type FeatureEvidence,
  featureEvidence,
} from "./feature-evidence.ts";
export { oneSourceOnly, type SourceShare } from "./one-source-only.ts";
export { outputEffect } from "./output-effect.ts";
export { type Blame, rankBlame } from "./rank-blame.ts";
export {
  changeWords,
  type OwnMisfits,
  type RecognisedChange,
  recogniseUnitChange,
} from "./recognise-unit-change.ts";
export {
  createQuantileCdf,
  createReferenceCdf,
  decileMisfit,
  type NumericReference,
} from "./reference-cdf.ts";
export { shareDistance } from "./share-distance.ts";
export { swappedColumns } from "./swapped-columns.ts";
export { textChangeWords } from "./text-change-words.ts";
export { UNIT_CHANGES, type UnitChange } from "./unit-changes.ts";
