import type { ReferenceFeature } from "../../records/index.ts";
import type { FeatureCalibration } from "../bars/drift-calibration.ts";
import { type FeatureSample, type RankScores, rankScores, referenceSample } from "../bars/feature-sample.ts";

/** PreparedFeature is what a feature's reference and calibration give once for all windows. */
export interface PreparedFeature {
  reference: ReferenceFeature;
  calibration: FeatureCalibration;
  scores: RankScores | undefined;
  whole: FeatureSample;
}

/** prepareFeature returns a feature ready for any number of windows. O(bins). */
export function prepareFeature(
  reference: ReferenceFeature,
  calibration: FeatureCalibration,
): PreparedFeature {
  const scores = rankScores(reference);
  return { reference, calibration, scores, whole: referenceSample(reference, scores) };
}
