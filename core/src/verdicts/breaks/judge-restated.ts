import type { FeatureProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { fUpperTail } from "../../statistics/special/f-distribution.ts";
import {
  changeWords,
  createQuantileCdf,
  createReferenceCdf,
  recogniseUnitChange,
} from "../../triage/index.ts";
import { formatNumber } from "../../words/index.ts";
import type { BreakFinding } from "./break-finding.ts";
import type { OwnRecords } from "./own-records.ts";
import type { RestatementBaseline } from "./restatement-baseline.ts";

/**
 * judgeRestated decides whether a window's numbers are those of its season in another unit: far from the season's as they are, and among its windows, extremes
 * included, once restated. O(changes · log bins).
 */
export function judgeRestated(
  reference: ReferenceFeature,
  profile: FeatureProfile,
  own: OwnRecords,
  slot: number,
): BreakFinding | undefined {
  const { numeric } = reference;
  const baseline = own.restatement;
  if (reference.type !== "numeric" || numeric === undefined || baseline === undefined) return undefined;
  const recognised = recogniseUnitChange(numeric, profile, {
    cdf: seasonCdf(numeric, baseline, slot),
    ...baseline,
  });
  if (recognised === undefined) return undefined;
  const { change, misfitBefore, confidence } = recognised;
  const usual = medianOf(baseline, slot) ?? baseline.median;
  const median = profile.numeric?.deciles?.[4] ?? usual;
  // How far windows of the reference are from the others of their season, as a t of the windows. A misfit is bounded, a median is not.
  const t = Math.max(
    misfitBefore / Math.max(baseline.usual_misfit, 1e-6),
    Math.min(
      Math.abs(median - usual) / Math.max(baseline.usual_shift, 1e-9 * Math.abs(usual), Number.MIN_VALUE),
      ratioDistance(median, baseline),
    ),
  );
  if (!Number.isFinite(t)) return undefined;
  return {
    kind: "restated",
    size: change.factor,
    p: fUpperTail(t * t, 1, Math.max(1, own.windows - 1)),
    windowsNeeded: 2,
    evidence: {
      name: reference.name,
      kind: "unit_change",
      pipelineConfidence: confidence,
      claim: `looks ${changeWords(recognised)}`,
      sentence: `values look ${changeWords(recognised)}: median ${formatNumber(median)} where ${formatNumber(usual)} is usual`,
    },
  };
}

// Where windows wander by factors, one that wanders up lies far from the mean of all, and near on the scale of factors.
function ratioDistance(median: number, { usual_ratio }: RestatementBaseline): number {
  if (usual_ratio === undefined || median <= 0) return Number.POSITIVE_INFINITY;
  return Math.abs(Math.log(median) - usual_ratio.log_median) / Math.max(usual_ratio.spread, 1e-9);
}

/** seasonCdf returns the distribution function that windows of a slot usually have, or that of the whole reference. */
export function seasonCdf(
  numeric: NonNullable<ReferenceFeature["numeric"]>,
  baseline: RestatementBaseline | undefined,
  slot: number,
): (x: number) => number {
  const quantiles = baseline?.slots.find((candidate) => candidate.slot === slot)?.quantiles;
  return quantiles === undefined ? createReferenceCdf(numeric) : createQuantileCdf(quantiles);
}

function medianOf(baseline: RestatementBaseline, slot: number): number | undefined {
  return baseline.slots.find((candidate) => candidate.slot === slot)?.quantiles[5];
}
