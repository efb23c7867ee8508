import type { OperatingPoint } from "../../evaluation/index.ts";
import type { WindowProfile } from "../../profile/index.ts";
import type { DriftThresholds } from "../../records/index.ts";
import type { SourceShare } from "../../triage/index.ts";
import { windowSample } from "../bars/feature-sample.ts";
import { profileOf } from "../bars/profile-of.ts";
import { assessFeature } from "../feature/assess-feature.ts";
import { decideFeature } from "../feature/feature-decision.ts";
import type { PreparedFeature } from "../feature/prepared-feature.ts";

/** SourceProfile is what one source of the traffic (one value of a tag) sent in a window, and in the reference where that has the tag. */
export interface SourceProfile {
  tag: string;
  value: string;
  window: WindowProfile;
  /** The same source's rows of the reference: a region is compared with itself, not against the rest of the world. */
  baseline?: WindowProfile | undefined;
}

const MINIMUM_ROWS = 30;
const MINIMUM_BASELINE_ROWS = 100;

/**
 * assessSources returns, for each source with 30 rows, how far the given features (those that the whole window's verdict is about) have drifted
 * in it alone: the worst of them, compared with the source's own rows of the reference where there are 100, else against all of it.
 * O(sources · features · bins).
 */
export function assessSources(
  features: readonly PreparedFeature[],
  sources: readonly SourceProfile[],
  context: { windowMs: number; operatingPoint: OperatingPoint; fixed: DriftThresholds | undefined },
): SourceShare[] {
  const judged = sources.filter(({ window }) => window.rows >= MINIMUM_ROWS);
  return judged.map((source) => {
    const { tag, value, window } = source;
    const decisions = features.flatMap((feature) => {
      const assessment = assessFeature(
        heldAgainst(feature, source.baseline),
        profileOf(window, feature.reference.name),
        { window, ...context },
      );
      if (assessment.outcome !== "judged") return [];
      const pAdjusted = Math.min(1, assessment.p * judged.length * features.length);
      const { drift } = decideFeature(assessment, pAdjusted, context.fixed);
      const psi = drift.baseline?.psi ?? drift.psi ?? 0;
      return { psi, threshold: drift.threshold, isDrifted: drift.drifted };
    });
    decisions.sort((a, b) => Number(b.isDrifted) - Number(a.isDrifted) || b.psi - a.psi);
    const worst = decisions[0] ?? { psi: 0, threshold: 0, isDrifted: false };
    return { tag, value, rows: window.rows, ...worst };
  });
}

function heldAgainst(feature: PreparedFeature, baseline: WindowProfile | undefined): PreparedFeature {
  if (baseline === undefined || baseline.rows < MINIMUM_BASELINE_ROWS) return feature;
  const { reference, calibration, scores } = feature;
  const sample = windowSample(reference, profileOf(baseline, reference.name), baseline, scores);
  return {
    ...feature,
    // A source's rows of the reference are too few to be distinguished by hour or weekday as well: one slot holds them all.
    calibration: {
      ...calibration,
      season: "none",
      slots: [{ slot: 0, windows: 1, baseline: sample }],
      distance: calibration.unseasoned ?? calibration.distance,
    },
  };
}
